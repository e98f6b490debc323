"""The laws of reference/masks/embedding_bag.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient as tape_gradient
from properties.strategies import (
    codes,
    fractions,
    full_width,
    sixteenths,
    tile_edges,
    whole_numbers,
    with_non_finite,
)
from reference.masks.embedding import embedding
from reference.masks.embedding_bag import embedding_bag, embedding_bag_gradient

# --- strategies


@st.composite
def bags(draw, elements, *, modes=("sum", "mean", "max")):
    """Ids in bags, a table, offsets, weights of ids, and options."""
    counts = [(1, 5), (1, 3), (0, 3), (0, 4), (0, 5), (0, 1), (0, len(modes) - 1)]
    rows, features, count, length, layout, weighs, mode = draw(whole_numbers(*counts))
    edge = draw(st.integers(0, 7))
    if edge == 7:
        features = draw(tile_edges(64))
    elif edge == 6:
        count, length, features = 1, draw(tile_edges(64)), 1
    options = {"mode": modes[mode], "include_last_offset": False}
    offsets = None
    if layout == 0:
        ids = draw(codes((count, length)))
    else:
        ids = draw(codes((max(count, 1) * length,)))
        cuts = np.sort(draw(codes((count,))) % (ids.size + 1))
        offsets = np.array([0, *cuts], np.int64)
        options["include_last_offset"] = layout < 4
        if layout < 3:
            offsets[-1] = ids.size if count else 0
    ids = (ids % rows).astype(np.int64)
    weights = None
    if weighs and options["mode"] == "sum":
        weights = draw(elements(ids.shape))
    padding = draw(st.integers(-rows - 2, rows - 1))
    options["padding_idx"] = None if padding < -rows else padding
    return (ids, draw(elements((rows, features))), offsets, weights), options


@st.composite
def bag_gradients(draw, elements):
    """Ids in bags, a gradient of each bag, and options."""
    example = draw(bags(elements, modes=("sum", "mean")))
    (ids, table, offsets, weights), options = example
    if options.pop("include_last_offset"):
        offsets = offsets[: max(len(offsets) - 1, 1)]
    count = len(ids) if offsets is None else len(offsets)
    gradient = draw(elements((count, table.shape[1])))
    options["num_embeddings"] = len(table)
    options["scale_grad_by_freq"] = draw(st.booleans())
    return (ids, gradient, offsets, weights), options


def rows_of(example):
    """The ids of each bag, without padding."""
    (ids, table, offsets, _), options = example
    if offsets is None:
        bags = list(ids)
    else:
        ends = offsets[1:] if options["include_last_offset"] else [*offsets[1:], None]
        bags = [ids[start:end] for start, end in zip(offsets, ends)]
    padding = options["padding_idx"]
    row = None if padding is None else padding % len(table)
    return [[i for i in bag if i != row] for bag in bags]


# --- identities


@given(bags(fractions))
def test_embedding_bag_reduces_the_lookups_of_each_bag(example):
    """sum, mean or max of embedding(ids of the bag); 0 of nothing"""
    (ids, table, offsets, _), options = example
    actual = embedding_bag(ids, table, offsets, **options)
    for row, bag in zip(actual, rows_of(example)):
        looked_up = embedding(np.array(bag, int), table)
        total = looked_up.sum(axis=0)
        expected = {"sum": total, "mean": total / max(len(bag), 1)}
        expected["max"] = looked_up.max(axis=0) if bag else 0 * total
        assert (row == expected[options["mode"]]).all()


@given(bags(fractions, modes=("sum",)))
def test_embedding_bag_with_weights_of_one_is_the_sum(example):
    """per_sample_weights = 1"""
    (ids, table, offsets, _), options = example
    left = embedding_bag(ids, table, offsets, np.ones(ids.shape, int), **options)
    assert_equal(left, embedding_bag(ids, table, offsets, **options))


@given(bag_gradients(fractions))
def test_embedding_bag_gradient_is_the_tapes(example):
    """The derivative of Σ g · embedding_bag(W), unless it is scaled by frequency"""
    (ids, cotangent, offsets, weights), options = example
    options["scale_grad_by_freq"] = False
    actual = embedding_bag_gradient(ids, cotangent, offsets, weights, **options)
    kept = {name: options[name] for name in ("mode", "padding_idx")}
    (expected,) = tape_gradient(
        lambda table: embedding_bag(ids, table, offsets, weights, **kept),
        [np.zeros(actual.shape, object)],
        cotangent,
    )
    assert_equal(actual, expected)


# --- algebra


@given(bags(fractions, modes=("sum", "mean")), st.integers(-4, 4))
def test_embedding_bag_is_homogeneous_in_the_table(example, a):
    """bag(a · W) = a · bag(W)"""
    (ids, table, offsets, weights), options = example
    left = embedding_bag(ids, a * table, offsets, weights, **options)
    assert_equal(left, a * embedding_bag(ids, table, offsets, weights, **options))


# --- invariances


@given(bags(fractions))
def test_embedding_bag_is_independent_of_the_padding_row(example):
    """Row padding_idx may hold anything"""
    (ids, table, offsets, weights), options = example
    other = table.copy()
    if options["padding_idx"] is not None:
        other[options["padding_idx"]] += 7
    left, right = (
        embedding_bag(ids, t, offsets, weights, **options) for t in (table, other)
    )
    assert_equal(left, right)


@given(bags(sixteenths, modes=("max",)))
def test_embedding_bag_of_maxima_is_idempotent_under_repeated_ids(example):
    """max over a bag and its ids again is the same"""
    (ids, table, _, _), options = example
    twice = np.stack([ids.ravel()] * 2).reshape(1, -1)
    kept = {"mode": "max", "padding_idx": options["padding_idx"]}
    left = embedding_bag(twice, table, **kept)
    assert_equal(left, embedding_bag(ids.reshape(1, -1), table, **kept))


# --- special cases


@pytest.mark.parametrize(("mode", "expected"), [("sum", 6), ("mean", 3), ("max", 5)])
def test_embedding_bag_ends_where_the_last_offset_says(mode, expected):
    """The bag of 1 and 5 ends before 9"""
    ids, table = np.array([0, 1, 2]), np.array([[1.0], [5.0], [9.0]])
    actual = embedding_bag(
        ids, table, np.array([0, 2]), mode=mode, include_last_offset=True
    )
    assert_equal(actual, np.array([[float(expected)]]))


@pytest.mark.parametrize("bag", [[0, 1], [1, 0]])
def test_embedding_bag_of_maxima_with_nan_is_nan(bag):
    """max(1, NaN) = max(NaN, 1) = NaN"""
    table = np.array([[1.0], [np.nan]])
    assert np.isnan(embedding_bag(np.array([bag]), table, mode="max")).all()


def test_embedding_bag_gradient_of_a_maximum_goes_to_the_first():
    """Rows 2 and 1 tie: the one that comes first in the bag gets it all"""
    ids, table = np.array([[0, 2, 1]]), np.array([[1.0], [3.0], [3.0]])
    (slope,) = tape_gradient(
        lambda w: embedding_bag(ids, w, mode="max"), [table], np.ones((1, 1))
    )
    assert_equal(slope.astype(float), np.array([[0.0], [0.0], [1.0]]))


@given(bag_gradients(fractions))
def test_embedding_bag_gradient_by_frequency_divides_by_the_count_of_the_row(example):
    """g[r] / (how often r is in a bag), whatever the other rows' counts are"""
    (ids, cotangent, offsets, weights), options = example
    left, right = (
        embedding_bag_gradient(
            ids, cotangent, offsets, weights, **options | {"scale_grad_by_freq": by}
        )
        for by in (True, False)
    )
    for row in range(len(left)):
        assert_equal(left[row] * max((ids == row).sum(), 1), right[row])


# --- errors


IDS, TABLE = np.array([0, 1, 1]), np.ones((2, 1))


@pytest.mark.parametrize(
    ("tensors", "options", "problem"),
    [
        ((IDS, TABLE), {}, "without offsets it must be"),
        ((IDS[None, None], TABLE), {}, "without offsets it must be"),
        ((IDS, TABLE, IDS[:0]), {"include_last_offset": True}, "offsets is empty"),
        ((IDS[None], TABLE, np.array([0])), {}, "input and offsets have shapes"),
        ((IDS[0], TABLE, np.array([0])), {}, "input and offsets have shapes"),
        ((IDS, TABLE, np.array([[0]])), {}, "input and offsets have shapes"),
        ((IDS, TABLE, np.array(0)), {}, "input and offsets have shapes"),
        ((IDS, TABLE, np.array([1])), {}, "they must begin at 0"),
        ((IDS, TABLE, np.array([0, 2, 1])), {}, "not decrease"),
        ((IDS, TABLE, np.array([0, 4])), {}, "within 3 ids"),
        ((IDS, TABLE, np.array([0])), {"mode": "min"}, "mode is 'min'; it must be"),
        ((IDS, TABLE, np.array([0]), np.ones(3)), {}, "are for 'sum' only"),
        ((IDS, TABLE, np.array([0]), np.ones(2)), {"mode": "sum"}, "has shape"),
        ((IDS[None] + 1, TABLE), {}, "input has 2; ids must be in"),
        ((IDS[None], TABLE), {"padding_idx": 2}, "padding_idx is 2; it must be"),
    ],
)
def test_embedding_bag_rejects_what_does_not_fit(tensors, options, problem):
    with pytest.raises(ValueError, match=problem):
        embedding_bag(*tensors, **options)


def test_embedding_bag_gradient_rejects_maxima():
    for mode in ("max", str(np.str_("max"))):  # the word, and another that is equal
        with pytest.raises(ValueError, match="mode is 'max'; it must be 'sum' or"):
            embedding_bag_gradient(IDS[None], TABLE[:1], num_embeddings=2, mode=mode)


def test_embedding_bag_gradient_takes_many_bags():
    ids, gradients = np.zeros((300, 1), int), np.ones((300, 1))
    table = embedding_bag_gradient(ids, gradients, num_embeddings=1)
    assert_equal(table, np.array([[300.0]]))


# --- agreement


@given(bags(full_width))
def test_embedding_bag_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, embedding_bag, *tensors, **options)


@given(bags(with_non_finite))
def test_embedding_bag_of_non_finite_rows_agrees_with_backend(backend, example):
    """NaN and infinities reach the bags that they are in."""
    (ids, table, offsets, _), options = example
    agree(backend, embedding_bag, ids, table, offsets, None, **options)


@given(bag_gradients(full_width))
def test_embedding_bag_gradient_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    constant = ("gradient", "per_sample_weights")
    agree(backend, embedding_bag_gradient, *tensors, constant=constant, **options)
