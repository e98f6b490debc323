"""The laws of reference/generative/vector_quantization.py, then its agreement."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.strategies import fractions, ordinary, sixteenths, whole_numbers
from reference.generative.vector_quantization import (
    vector_quantize,
    vector_quantize_gradient,
)

# --- strategies


@st.composite
def quantizations(draw, elements):
    """Vectors and a codebook; its codes may differ in the last feature alone."""
    bounds = (0, 4), (1, 3), (1, 5), (0, 9), (0, 1)
    batch, features, count, large, alike = draw(whole_numbers(*bounds))
    if large > 6:
        batch, features, count = [(33, 1, 2), (1, 33, 2), (2, 1, 65)][large - 7]
    x, codebook = draw(elements((batch, features))), draw(elements((count, features)))
    spaced = (np.arange(count)[:, None] - count // 2) * 7  # few are as near as others
    if alike:
        codebook[:, :-1] = codebook[0, :-1]
        spaced = spaced * (np.arange(features) == features - 1)
    return x, codebook + spaced


@st.composite
def backward(draw, elements):
    """Vectors, a codebook, what the gradient by the codes is, and a commitment."""
    x, codebook = draw(quantizations(elements))
    commitment = draw(st.sampled_from([Fraction(1, 4), 0, 1, 2]))
    return (x, codebook, draw(elements(x.shape))), {"commitment": commitment}


# --- identities


@given(quantizations(fractions))
def test_vector_quantize_is_in_the_codebook(example):
    """y[n] = e[k[n]]"""
    x, codebook = example
    y, chosen = vector_quantize(x, codebook)
    assert_equal(y, codebook[chosen])


@given(quantizations(fractions))
def test_vector_quantize_is_idempotent(example):
    """A code is its own nearest"""
    x, codebook = example
    y, _ = vector_quantize(x, codebook)
    assert_equal(vector_quantize(y, codebook)[0], y)


@given(quantizations(fractions))
def test_vector_quantize_chooses_none_that_is_further(example):
    """‖z − e[k]‖ ≤ ‖z − e[i]‖ for every i; less for i before k"""
    x, codebook = example
    _, chosen = vector_quantize(x, codebook)
    distances = ((x[:, None] - codebook) ** 2).sum(2)
    for row, k in zip(distances, chosen):
        assert row[k] == row.min()
        assert (row[:k] > row[k]).all()


# --- invariances


@given(quantizations(fractions), st.integers(-8, 8))
def test_vector_quantize_is_equivariant_under_shifts(example, by):
    """Vectors and codes moved alike: the same choice"""
    x, codebook = example
    left, right = vector_quantize(x + by, codebook + by), vector_quantize(x, codebook)
    assert_equal(left[0], right[0] + by)
    assert_equal(left[1], right[1])


@given(backward(fractions))
def test_vector_quantize_gradient_is_independent_of_batch_neighbours(example):
    """A vector's own gradient is its own; the codebook's is their sum"""
    (x, codebook, g), options = example
    by_x, by_codebook = vector_quantize_gradient(x, codebook, g, **options)
    parts = [
        vector_quantize_gradient(x[n : n + 1], codebook, g[n : n + 1], **options)
        for n in range(len(x))
    ]
    assert_equal(by_x, np.concatenate([0 * x[:0], *[part for part, _ in parts]]))
    assert_equal(by_codebook, sum([part for _, part in parts], 0 * codebook))


# --- gradients


@given(backward(fractions))
def test_vector_quantize_gradient_passes_straight_through_codes(example):
    """On the codes themselves: commitment loss 0, ∂L/∂z = g, ∂L/∂e = 0"""
    (x, codebook, g), options = example
    codes, _ = vector_quantize(x, codebook)
    by_x, by_codebook = vector_quantize_gradient(codes, codebook, g, **options)
    assert_equal(by_x, g)
    assert_equal(by_codebook, 0 * codebook)


@given(backward(fractions))
def test_vector_quantize_gradient_pulls_codes_to_the_mean_of_their_vectors(example):
    """∂L/∂e[k] = 2 · count[k] · (e[k] − mean of its vectors), 0 without any"""
    (x, codebook, g), options = example
    _, chosen = vector_quantize(x, codebook)
    _, left = vector_quantize_gradient(x, codebook, g, **options)
    for k, code in enumerate(codebook):
        mine = x[chosen == k]
        assert_equal(left[k], 2 * (len(mine) * code - mine.sum(0)))


@given(backward(fractions), st.integers(-4, 4))
def test_vector_quantize_gradient_of_the_codebook_ignores_what_is_behind(example, a):
    """g reaches the encoder, and never the codebook"""
    (x, codebook, g), options = example
    left = vector_quantize_gradient(x, codebook, a * g, **options)[1]
    assert_equal(left, vector_quantize_gradient(x, codebook, g, **options)[1])


# --- special cases


def test_vector_quantize_takes_the_first_of_two_that_are_as_near():
    """0 is as far from 1 as from −1"""
    y, chosen = vector_quantize(np.zeros((1, 1)), np.array([[2.0], [1.0], [-1.0]]))
    assert_equal(y, np.array([[1.0]]))
    assert_equal(chosen, np.array([1]))


def test_vector_quantize_takes_any_number_of_features():
    """A number as near to a code as 300 of them"""
    x = np.ones((1, 300))
    assert_equal(vector_quantize(x, x)[0], x)


# --- errors


@pytest.mark.parametrize("shape", [(0, 2), (3, 1)])
def test_vector_quantize_rejects_codebooks(shape):
    for function, count in [(vector_quantize, 1), (vector_quantize_gradient, 2)]:
        x = np.ones((2, 2))
        with pytest.raises(ValueError, match="input and codebook have shapes"):
            function(x, np.ones(shape), *[x] * (count - 1))


def test_vector_quantize_gradient_rejects_commitments():
    with pytest.raises(ValueError, match="commitment is -1"):
        vector_quantize_gradient(*[np.ones((1, 1))] * 3, commitment=-1)


# --- agreement


@given(quantizations(ordinary))
def test_vector_quantize_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, vector_quantize, *example)


@given(quantizations(sixteenths))
def test_vector_quantize_of_ties_agrees_with_backend(backend, example):
    """The first of codes that are as near."""
    x, codebook = example
    agree_exactly(backend, vector_quantize, x // 4, codebook // 4 % 4)


@given(backward(ordinary))
def test_vector_quantize_gradient_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    options = {"commitment": float(options["commitment"])}
    names = ("input", "codebook", "gradient")
    agree(backend, vector_quantize_gradient, *tensors, constant=names, **options)
