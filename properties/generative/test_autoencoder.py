"""The laws of reference/generative/autoencoder.py, then its agreement with backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import fractions, ordinary, sixteenths, whole_numbers
from reference.generative.autoencoder import linear_autoencoder, reconstruction_error

# --- strategies

TURNS = [(Fraction(3, 5), Fraction(4, 5)), (Fraction(5, 13), Fraction(12, 13))]


@st.composite
def autoencoders(draw, elements):
    """Examples, an encoder and a decoder."""
    batch, features, codes, large = draw(whole_numbers((1, 4), (1, 4), (1, 3), (0, 9)))
    if large > 7:
        features, codes = (33, 1) if large == 8 else (2, 33)
    shapes = (batch, features), (codes, features), (features, codes)
    return [draw(elements(shape)) for shape in shapes]


@st.composite
def reconstructions(draw, elements):
    """Examples, and others of the same shape."""
    shape = draw(st.sampled_from([(2, 3), (1, 33), (3, 1), (65, 1), (2, 0), (4, 2)]))
    return draw(elements(shape)), draw(elements(shape))


@st.composite
def orthogonal_matrices(draw, n=3):
    """Products of rational turns in two of n directions: their columns are a basis."""
    matrix = np.array([[Fraction(int(i == j)) for j in range(n)] for i in range(n)])
    for code in draw(whole_numbers(*[(0, 2 * n - 1)] * 3)):
        i, j = code // 2, (code // 2 + 1) % n
        cos, sin = TURNS[code % 2]
        turn = np.array([[Fraction(int(a == b)) for b in range(n)] for a in range(n)])
        turn[i, i] = turn[j, j] = cos
        turn[i, j], turn[j, i] = -sin, sin
        matrix = matrix @ turn
    return matrix


@st.composite
def spreads(draw):
    """Examples along orthogonal axes: the axes, and how far they go, sorted."""
    axes = draw(orthogonal_matrices())
    lengths = np.sort(abs(draw(fractions((3,)))))[::-1]
    examples = np.concatenate([axes * lengths, -axes * lengths], axis=1).T
    return examples, axes, lengths


def error_of(x, encoder, decoder):
    return reconstruction_error(x, linear_autoencoder(x, encoder, decoder))[()]


def error_of_principal_axes(x, axes, codes):
    return error_of(x, axes[:, :codes].T, axes[:, :codes])


# --- identities


@given(autoencoders(fractions))
def test_linear_autoencoder_is_one_matrix_of_low_rank(example):
    """y = (decoder · encoder) x: several layers without activations are one"""
    x, encoder, decoder = example
    assert_equal(linear_autoencoder(x, encoder, decoder), x @ (decoder @ encoder).T)


@given(spreads(), st.integers(0, 3))
def test_linear_autoencoder_by_principal_axes_loses_the_rest(spread, codes):
    """error = Σ_{k > codes} λ[k],  λ the eigenvalues of Σ_n x[n] x[n]ᵀ / batch"""
    x, axes, lengths = spread
    eigenvalues = 2 * lengths**2 / len(x)
    left = error_of_principal_axes(x, axes, codes)
    assert left == eigenvalues[codes:].sum()


@given(spreads(), st.data())
def test_linear_autoencoder_is_no_better_than_principal_axes(spread, data):
    """Another encoder and decoder with as many codes: an error as great, or greater"""
    x, axes, _ = spread
    encoder = data.draw(fractions((1, 3)), "encoder")
    decoder = data.draw(fractions((3, 1)), "decoder")
    assert error_of(x, encoder, decoder) >= error_of_principal_axes(x, axes, 1)


# --- algebra


@given(spreads())
def test_reconstruction_error_does_not_increase_with_codes(spread):
    """More principal axes, no greater an error; with all of them none"""
    x, axes, _ = spread
    errors = [error_of_principal_axes(x, axes, codes) for codes in range(4)]
    assert sorted(errors, reverse=True) == errors
    assert errors[-1] == 0


@given(autoencoders(fractions), st.integers(-4, 4))
def test_reconstruction_error_is_quadratic(example, a):
    """error(a x, a r) = a² · error(x, r)"""
    x, encoder, decoder = example
    r = linear_autoencoder(x, encoder, decoder)
    left = reconstruction_error(a * x, a * r)
    assert_equal(left, np.array(a**2 * reconstruction_error(x, r)[()], object))


# --- invariances


@given(autoencoders(fractions))
def test_linear_autoencoder_is_invariant_under_another_basis_of_codes(example):
    """Codes times a, decoder divided by it: what is learnt is a subspace, not axes"""
    x, encoder, decoder = example
    left = linear_autoencoder(x, 3 * encoder, decoder / 3)
    assert_equal(left, linear_autoencoder(x, encoder, decoder))


@given(autoencoders(sixteenths))
def test_reconstruction_error_treats_examples_alike(example):
    """The order of examples is of no account"""
    x, _, _ = example
    r = np.zeros(x.shape)
    left = reconstruction_error(x[::-1], r)
    assert_equal(left, reconstruction_error(x, r))


# --- errors


def test_linear_autoencoder_rejects_a_decoder_of_another_shape():
    with pytest.raises(ValueError, match="decoder and the encoder's transpose"):
        linear_autoencoder(np.ones((1, 3)), np.ones((2, 3)), np.ones((2, 3)))


def test_reconstruction_error_rejects_an_empty_batch():
    with pytest.raises(ValueError, match="the batch is empty"):
        reconstruction_error(np.ones((0, 3)), np.ones((0, 3)))


# --- agreement


@given(autoencoders(ordinary))
def test_linear_autoencoder_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, linear_autoencoder, *example)


@given(reconstructions(ordinary))
def test_reconstruction_error_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, reconstruction_error, *example)
