"""The laws of reference/masks/embedding.py, then its agreement with the backends."""

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
    ordinary,
    sixteenths,
    tile_edges,
    whole_numbers,
)
from reference.masks.embedding import embedding, embedding_gradient, embedding_max_norm
from reference.masks.masked import masked_mean
from reference.masks.masks import padding_mask

# --- strategies


@st.composite
def lookups(draw, elements):
    """Ids of no to two axes, and a table; rarely many ids, or wide rows."""
    axes, rows, features, *size = draw(whole_numbers((0, 2), (1, 5), (1, 3), *BOTH))
    size = size[:axes]
    edge = draw(st.integers(0, 7))
    if edge == 7:
        features = draw(tile_edges(128))
    elif edge == 6:
        size, features = [draw(tile_edges(128))], 1
    ids = (draw(codes(tuple(size))) % rows).astype(np.int64)
    return ids, draw(elements((rows, features)))


BOTH = ((0, 4), (1, 3))


@st.composite
def gradients(draw, elements):
    """Ids, a gradient of their lookups, and options."""
    ids, table = draw(lookups(elements))
    rows = len(table)
    by_frequency, padding = draw(whole_numbers((0, 1), (-rows - 1, rows - 1)))
    options = {"num_embeddings": rows, "scale_grad_by_freq": bool(by_frequency)}
    options["padding_idx"] = None if padding < -rows else padding
    return (ids, draw(elements((*ids.shape, table.shape[1])))), options


@st.composite
def limited(draw, elements):
    """Ids, a table, and a length that rows may have."""
    norm_type, max_norm = draw(whole_numbers((0, 2), (0, 12)))
    options = {"norm_type": [1.0, 2.0, np.inf][norm_type], "max_norm": max_norm / 4}
    return draw(lookups(elements)), options


def one_hot(ids, rows):
    return (ids[..., None] == np.arange(rows)).astype(np.float64)


# --- identities


@given(lookups(sixteenths))
def test_embedding_is_a_one_hot_product(example):
    """y = one_hot(ids) · W"""
    ids, table = example
    assert_equal(embedding(ids, table), one_hot(ids, len(table)) @ table)


@given(gradients(fractions))
def test_embedding_gradient_is_the_tapes(example):
    """Σ of the gradients of a row's lookups, without the options that change it"""
    (ids, cotangent), options = example
    rows = options["num_embeddings"]
    table = np.zeros((rows, cotangent.shape[-1]), object)
    (expected,) = tape_gradient(lambda w: embedding(ids, w), [table], cotangent)
    actual = embedding_gradient(ids, cotangent, num_embeddings=rows)
    assert_equal(actual, expected)


# --- algebra


@given(gradients(fractions))
def test_embedding_gradient_is_adjoint_to_embedding(example):
    """⟨embedding(W), g⟩ = ⟨W, embedding_gradient(g)⟩"""
    (ids, cotangent), options = example
    rows = options["num_embeddings"]
    table = np.arange(rows * cotangent.shape[-1]).reshape(rows, -1)
    left = (embedding(ids, table) * cotangent).sum()
    right = (table * embedding_gradient(ids, cotangent, num_embeddings=rows)).sum()
    assert left == right


# --- invariances


@given(lookups(sixteenths), st.randoms(use_true_random=False))
def test_embedding_is_invariant_under_a_permutation_of_the_table(example, random):
    """Rows moved and ids moved with them: the same lookups"""
    ids, table = example
    order = np.array(random.sample(range(len(table)), len(table)))
    moved = np.argsort(order)[ids]
    assert_equal(embedding(moved, table[order]), embedding(ids, table))


# --- special cases


@given(gradients(sixteenths))
def test_embedding_gradient_of_padding_is_zero(example):
    """g[padding_idx] = 0, and the other rows are as without it"""
    (ids, cotangent), options = example
    row = options["padding_idx"]
    padded = embedding_gradient(ids, cotangent, **options)
    plain = embedding_gradient(ids, cotangent, **options | {"padding_idx": None})
    if row is not None:
        plain[row] = 0
    assert_equal(padded, plain)


@given(gradients(fractions))
def test_embedding_gradient_by_frequency_is_a_mean(example):
    """scale_grad_by_freq: the mean over a row's lookups, not their sum"""
    (ids, cotangent), options = example
    options = options | {"padding_idx": None, "scale_grad_by_freq": True}
    table = embedding_gradient(ids, cotangent, **options)
    for row in np.unique(ids):
        its = cotangent[ids == row]
        assert_equal(table[row], its.sum(axis=0) / len(its))


@given(lookups(sixteenths))
def test_embedding_with_a_row_of_zeros_for_padding_hides_it(example):
    """What a padding row is at the start, zeros, it stays: its gradient is 0"""
    ids, table = example
    table[0] = 0
    shown = embedding(ids, table)[ids == 0]
    assert_equal(shown, np.zeros(shown.shape))


def test_embedding_of_padding_is_seen_by_what_follows():
    """The notes: padding_idx filters padding. It does not: 3, 5, 0, 0 average to 2

    Nor does it keep the row at 0: drawn anew, it stays what it is, without a gradient.
    """
    ids, table = np.array([1, 2, 0, 0]), np.array([[0.0], [3.0], [5.0]])
    looked_up = embedding(ids, table)[:, 0]
    assert looked_up.mean() == 2
    assert masked_mean(looked_up, padding_mask(ids, padding_idx=0), dim=0) == 4
    drawn = np.array([[7.0], [3.0], [5.0]])
    by_row = embedding_gradient(ids, np.ones((4, 1)), num_embeddings=3, padding_idx=0)
    assert (drawn - by_row)[0] == embedding(ids, drawn)[3] == 7


# --- the longest that rows may be


@given(limited(sixteenths))
def test_embedding_max_norm_bounds_the_rows_that_are_looked_up(example):
    """‖table[r]‖ ≤ max_norm; other rows, and rows that are short, stay"""
    (ids, table), options = example
    used = np.isin(np.arange(len(table)), ids)
    _, actual = embedding_max_norm(ids, table, **options)
    before, after = (
        np.linalg.norm(x, options["norm_type"], axis=1) for x in (table, actual)
    )
    stay = ~used | (before <= options["max_norm"])
    assert_equal(actual[stay], table[stay])
    assert (after[used] <= options["max_norm"]).all()


@given(limited(sixteenths))
def test_embedding_max_norm_is_idempotent(example):
    """Again, the rows that were looked up are short already"""
    (ids, table), options = example
    y, once = embedding_max_norm(ids, table, **options)
    left, twice = embedding_max_norm(ids, once, **options)
    assert_equal(left, y)
    assert_equal(twice, once)


def test_embedding_max_norm_shortens_a_row_once():
    """(3, 4) has length 5; looked up twice it is (0.6, 0.8), and row 0 stays"""
    table = np.array([[30.0, 40.0], [3.0, 4.0]])
    y, actual = embedding_max_norm(np.array([1, 1]), table, max_norm=1.0)
    assert_equal(actual, np.stack([table[0], table[1] / (5 + 1e-7)]))
    assert_equal(y, actual[[1, 1]])


def test_embedding_max_norm_leaves_a_row_that_is_as_long_as_it_may_be():
    """(3, 4) has length 5"""
    table = np.array([[3.0, 4.0]])
    _, actual = embedding_max_norm(np.array([0]), table, max_norm=5.0)
    assert_equal(actual, table)


# --- errors


def test_embedding_max_norm_rejects_other_norms():
    with pytest.raises(ValueError, match="norm_type is 3; it must be 1, 2 or"):
        embedding_max_norm(np.array([0]), np.ones((1, 1)), max_norm=1.0, norm_type=3)
    with pytest.raises(ValueError, match="max_norm is -1"):
        embedding_max_norm(np.array([0]), np.ones((1, 1)), max_norm=-1.0)


@pytest.mark.parametrize("ids", [[3], [0, -1]])
def test_embedding_rejects_ids_that_are_no_rows(ids):
    with pytest.raises(
        ValueError, match=rf"input has {ids[-1]}; ids must be in \[0, 3"
    ):
        embedding(np.array(ids), np.ones((3, 1)))


def test_embedding_rejects_what_is_no_table():
    with pytest.raises(ValueError, match=r"weight has shape \(3,\)"):
        embedding(np.array([0]), np.ones(3))


@pytest.mark.parametrize("padding", [2, -3])
def test_embedding_gradient_rejects_padding_that_is_no_row(padding):
    options = {"num_embeddings": 2, "padding_idx": padding}
    with pytest.raises(ValueError, match=rf"padding_idx is {padding}; it must be in"):
        embedding_gradient(np.array([0, 1]), np.ones((2, 1)), **options)


def test_embedding_gradient_rejects_another_shape():
    ids = np.array([0, 1])
    with pytest.raises(ValueError, match=r"gradient has shape \(3, 1\)"):
        embedding_gradient(ids, np.ones((3, 1)), num_embeddings=2)


# --- agreement


@given(lookups(full_width))
def test_embedding_agrees_with_backend(backend, example):
    """The backend gives the definition's numbers, and their gradients."""
    agree(backend, embedding, *example)


@given(limited(ordinary))
def test_embedding_max_norm_agrees_with_backend(backend, example):
    """The backend shortens as the definition does, what is looked up and the table."""
    tensors, options = example
    agree(backend, embedding_max_norm, *tensors, constant=("weight",), **options)


@given(gradients(full_width))
def test_embedding_gradient_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, embedding_gradient, *tensors, constant=("gradient",), **options)
