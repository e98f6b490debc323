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
    sixteenths,
    tile_edges,
    whole_numbers,
)
from reference.masks.embedding import embedding, embedding_gradient

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


# --- errors


@pytest.mark.parametrize("ids", [[3], [0, -1]])
def test_embedding_rejects_ids_that_are_no_rows(ids):
    with pytest.raises(
        ValueError, match=rf"input has {ids[-1]}; ids must be in \[0, 3"
    ):
        embedding(np.array(ids), np.ones((3, 1)))


def test_embedding_rejects_what_is_no_table():
    with pytest.raises(ValueError, match=r"weight has shape \(3,\)"):
        embedding(np.array([0]), np.ones(3))


def test_embedding_gradient_rejects_what_does_not_fit():
    ids = np.array([0, 1])
    with pytest.raises(ValueError, match="padding_idx is 2; it must be in"):
        embedding_gradient(ids, np.ones((2, 1)), num_embeddings=2, padding_idx=2)
    with pytest.raises(ValueError, match=r"gradient has shape \(3, 1\)"):
        embedding_gradient(ids, np.ones((3, 1)), num_embeddings=2)


# --- agreement


@given(lookups(full_width))
def test_embedding_agrees_with_backend(backend, example):
    """The backend gives the definition's numbers, and their gradients."""
    agree(backend, embedding, *example)


@given(gradients(full_width))
def test_embedding_gradient_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, embedding_gradient, *tensors, constant=("gradient",), **options)
