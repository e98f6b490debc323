"""The laws of reference/positional_encoding.py, then their agreement with backends."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import (
    codes,
    fractions,
    full_width,
    per_axis,
    sixteenths,
    tile_edges,
    whole_numbers,
)
from reference.transformer.positional_encoding import (
    learned_positional_embedding,
    scaled_embedding,
    sinusoidal_positional_encoding,
)

# --- strategies

WIDTHS = st.sampled_from([4, 2, 3, 1, 6, 5] * 3 + [16, 17, 33, 65])
POSITIONS = st.integers(0, 1000)


@st.composite
def positions(draw):
    """Steps from some offset on; some between two steps."""
    steps, offset = draw(tile_edges(32)), draw(st.sampled_from([0, 0, 1, 63, 1000]))
    steps = draw(st.sampled_from([1, 2, 3, 4, steps]))
    return np.arange(offset, offset + steps) + draw(st.sampled_from([0.0, 0.0, 0.5]))


@st.composite
def placed(draw, elements):
    """Sequences, what was learned of more positions than they have, and an offset."""
    batch, steps, width, more, offset = draw(
        whole_numbers((1, 3), (1, 4), (1, 4), (0, 3), (0, 3))
    )
    width = draw(st.sampled_from([width] * 4 + [33, 65]))
    x = draw(elements((batch, steps, width)))
    table = draw(elements((1, offset + steps + more, width)))
    return (x, table), {"offset": offset}


@st.composite
def lookups(draw, elements):
    """Indices of tokens, repeated ones among them, and their vectors."""
    tokens, axes = draw(whole_numbers((1, 5), (0, 2)))
    shape = draw(per_axis(axes, 1, 4))
    weight = draw(elements((tokens, draw(WIDTHS))))
    return (draw(codes(shape)) % tokens).astype(np.int64), weight


def encode(*positions, num_hiddens=6):
    numbers = bounded(np.array(positions, float))
    return sinusoidal_positional_encoding(numbers, num_hiddens=num_hiddens)


# --- identities of the sinusoidal encoding


@given(positions(), WIDTHS)
def test_sinusoidal_positional_encoding_is_bounded_by_one(steps, width):
    """|P| ≤ 1"""
    assert (abs(sinusoidal_positional_encoding(steps, num_hiddens=width)) <= 1).all()


@given(POSITIONS, st.integers(1, 4))
def test_sinusoidal_positional_encoding_has_pairs_on_the_unit_circle(i, pairs):
    """P[i, 2j]² + P[i, 2j + 1]² = 1"""
    (row,) = encode(i, num_hiddens=2 * pairs)
    assert_equal(row[::2] * row[::2] + row[1::2] * row[1::2], np.ones(pairs))


@given(POSITIONS, POSITIONS)
def test_sinusoidal_positional_encoding_of_a_shift_is_a_rotation(i, shift):
    """P[i + δ] = R(δ) P[i], where R(δ) turns each pair by its own angle"""
    first, turn, left = encode(i, shift, i + shift)
    sines = first[::2] * turn[1::2] + first[1::2] * turn[::2]
    cosines = first[1::2] * turn[1::2] - first[::2] * turn[::2]
    assert_equal(left, np.stack([sines, cosines], axis=1).ravel())


@given(POSITIONS, POSITIONS, POSITIONS)
def test_sinusoidal_positional_encoding_products_depend_on_distances(i, k, shift):
    """P[i + δ] · P[k + δ] = P[i] · P[k]"""
    a, b, c, d = encode(i, k, i + shift, k + shift)
    assert_equal(np.array(sum(c * d)), np.array(sum(a * b)))


@given(POSITIONS, st.integers(1, 6), st.integers(1, 3))
def test_sinusoidal_positional_encoding_of_a_step_does_not_see_the_others(i, d, n):
    """P of a step is the same at any place of a sequence: with an offset, in a cache"""
    later = encode(*range(i, i + n + 1), num_hiddens=d)
    assert_equal(later[n:], encode(i + n, num_hiddens=d))


@given(st.integers(1, 9))
def test_sinusoidal_positional_encoding_begins_with_zeros_and_ones(width):
    """P[0] = (0, 1, 0, 1, …)"""
    (row,) = sinusoidal_positional_encoding(np.zeros(1), num_hiddens=width)
    assert_equal(row, np.arange(width) % 2.0)


def test_sinusoidal_positional_encoding_turns_slower_from_pair_to_pair():
    """Of four numbers, the second pair is of position / 100"""
    row, slow = encode(300, 3, num_hiddens=4)
    assert_equal(row[2:], slow[:2])


def test_sinusoidal_positional_encoding_of_an_odd_width_ends_with_a_sine():
    """The notes' own assigns three cosines to two places, and raises"""
    row = sinusoidal_positional_encoding(np.array([2.0]), num_hiddens=5)[0]
    assert row.shape == (5,)
    assert_equal(bounded(row[4:]), np.sin(bounded(np.full(1, 2 / 10000**0.8))))


def test_sinusoidal_positional_encoding_rejects_no_width():
    with pytest.raises(ValueError, match="num_hiddens is 0"):
        sinusoidal_positional_encoding(np.zeros(1), num_hiddens=0)


# --- learned positions


@given(placed(fractions))
def test_learned_positional_embedding_adds_the_same_to_each_sequence(example):
    """y[n] − x[n] = pos_embedding[0, offset:], for each n"""
    (x, table), options = example
    start = options["offset"]
    added = learned_positional_embedding(x, table, **options) - x
    each = np.broadcast_to(table[:, start : start + x.shape[1]], x.shape)
    assert_equal(added, each)


@given(placed(fractions), st.integers(0, 3))
def test_learned_positional_embedding_step_by_step_is_that_of_all(example, cut):
    """What follows a prefix of k tokens has offset k; with offset 0 it differs"""
    (x, table), options = example
    start = options["offset"]
    parts = [(x[:, :cut], start), (x[:, cut:], start + min(cut, x.shape[1]))]
    right = [learned_positional_embedding(p, table, offset=k) for p, k in parts]
    left = learned_positional_embedding(x, table, **options)
    assert_equal(left, np.concatenate(right, axis=1))


@given(placed(fractions))
def test_learned_positional_embedding_gradient_reaches_its_positions(example):
    """∂ Σ y / ∂ pos_embedding[0, i] = batch where a step is, and 0 elsewhere

    The notes add pos_embedding.data, which no gradient reaches: it never learns.
    """
    (x, table), options = example
    start = options["offset"]
    _, slopes = gradient(
        lambda x, table: learned_positional_embedding(x, table, **options),
        [x, table],
        np.ones(x.shape, object),
    )
    expected = np.zeros(table.shape, object)
    expected[:, start : start + x.shape[1]] = len(x)
    assert_equal(slopes, expected)


@pytest.mark.parametrize(
    ("problem", "shape", "offset"),
    [
        ("offset is 2", (1, 4, 3), 2),
        ("offset is -1", (1, 4, 3), -1),
        ("pos_embedding has shape", (2, 4, 3), 0),
        ("pos_embedding has shape", (1, 4, 2), 0),
    ],
)
def test_learned_positional_embedding_rejects_what_does_not_fit(problem, shape, offset):
    x = np.zeros((2, 3, 3))
    with pytest.raises(ValueError, match=problem):
        learned_positional_embedding(x, np.zeros(shape), offset=offset)


# --- scaled embeddings


@given(lookups(sixteenths))
def test_scaled_embedding_has_squares_scaled_by_the_width(example):
    """Σ_j y[j]² = num_hiddens · Σ_j weight[token, j]²"""
    tokens, weight = example[0].ravel(), bounded(example[1])
    rows = scaled_embedding(tokens, weight)
    left = [sum(row * row) for row in rows]
    right = [sum(row * row) * len(row) for row in weight[tokens]]
    assert_equal(np.array(left), np.array(right))


@given(lookups(sixteenths), st.integers(-8, 8))
def test_scaled_embedding_is_homogeneous_in_the_weight(example, a):
    """scaled_embedding(t, a · W) = a · scaled_embedding(t, W)"""
    tokens, weight = example[0], bounded(example[1])
    left = scaled_embedding(tokens, a * weight)
    assert_equal(left, a * scaled_embedding(tokens, weight))


@given(lookups(sixteenths))
def test_scaled_embedding_commutes_with_the_lookup(example):
    """scaled_embedding(t, W) = scaled_embedding(every token, W)[t]"""
    tokens, weight = example
    every = scaled_embedding(np.arange(len(weight)), weight)
    assert_equal(scaled_embedding(tokens, weight), every[tokens])


@given(lookups(sixteenths))
def test_scaled_embedding_gradient_counts_tokens(example):
    """∂ Σ y / ∂ weight[k, j] = √num_hiddens · (how often k is there)"""
    tokens, weight = example
    ones = bounded(np.ones((*tokens.shape, weight.shape[1])))
    weight = bounded(weight)
    (slopes,) = gradient(lambda w: scaled_embedding(tokens, w), [weight], ones)
    counts = np.bincount(tokens.ravel(), minlength=len(weight))
    root = bounded(np.full(1, float(weight.shape[1])))[0].sqrt()
    rows = [np.full(weight.shape[1], count * root) for count in counts]
    assert_equal(slopes, np.array(rows))


def test_scaled_embedding_rejects_tokens_that_are_not_there():
    for token in (3, -1):
        with pytest.raises(ValueError, match=f"has token {token}; weight has 3 rows"):
            scaled_embedding(np.array([0, token]), np.zeros((3, 2)))


# --- agreement


@given(positions(), WIDTHS)
def test_sinusoidal_positional_encoding_agrees_with_backend(backend, steps, width):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, sinusoidal_positional_encoding, steps, num_hiddens=width)


@given(placed(full_width))
def test_learned_positional_embedding_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, learned_positional_embedding, *tensors, **options)


@given(lookups(full_width))
def test_scaled_embedding_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, scaled_embedding, *example)


def test_sinusoidal_positional_encoding_is_of_ten_thousand():
    """P[1, 2] of four numbers is sin(1 / √10000) = sin(0.01)"""
    (row,) = sinusoidal_positional_encoding(np.ones(1), num_hiddens=4)
    assert row[2] == math.sin(0.01)
