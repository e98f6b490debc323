"""The laws of reference/attention/kernel_regression.py, then its agreement."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from properties.agreement import agree, assert_equal, intervals
from properties.arithmetic.bounded import bounded
from properties.strategies import fractions, full_width, tile_edges, whole_numbers
from reference.attention.kernel_regression import (
    attention_pooling,
    gaussian_kernel,
    kernel_attention,
    nadaraya_watson,
)

# --- strategies

EDGES = [(n, 1) for n in (16, 33, 65)] + [(1, n) for n in (17, 33, 65)]
COUNTS = st.sampled_from([(n, m) for n in (1, 2, 3) for m in (1, 2, 3, 4)] * 3 + EDGES)
"""Of queries and of keys; rarely one of them past what kernels are tiled by."""


@cache
def near(shape):
    """Numbers near enough for the kernel of their distance not to vanish."""
    return full_width(shape, extremes=False).map(lambda x: x / 32)


@st.composite
def regressions(draw, elements):
    """Queries, keys and values."""
    queries, keys = draw(COUNTS)
    shapes = ((queries,), (keys,), (keys,))
    return tuple(draw(elements(shape)) for shape in shapes)


@st.composite
def distances(draw, elements):
    """An array of one or two axes."""
    return draw(elements(tuple(draw(whole_numbers((1, 3), (1, 3))))))


@st.composite
def averages(draw, elements):
    """Weights and values; rarely many keys."""
    axes, batch, keys, features = draw(whole_numbers((0, 2), (0, 3), (1, 4), (1, 3)))
    if draw(st.integers(0, 3)) == 3:
        keys = draw(tile_edges(256))
    weights = draw(elements((*[batch, 2][:axes], keys)))
    return weights, draw(elements((keys, features)))


ONE = np.ones(1)


def lifted(arrays):
    return [bounded(array) for array in arrays]


# --- identities


@given(regressions(near))
def test_kernel_attention_of_unit_width_is_nadaraya_watson(example):
    """Σ softmax(−(x − x_i)² / 2) y_i = Σ K y_i / Σ K: the normaliser cancels"""
    left = kernel_attention(*lifted(example), bounded(ONE))
    assert_equal(left, nadaraya_watson(*lifted(example)))


def test_gaussian_kernel_integrates_to_one():
    """∫ K = 1, within what quadrature says of its own error"""

    def density(u):
        return gaussian_kernel(np.array(u)).item()

    area, error = integrate.quad(density, -10, 10)
    assert abs(area - 1) <= error


# --- algebra


@given(averages(fractions), st.integers(-4, 4))
def test_attention_pooling_is_homogeneous_in_the_values(example, a):
    """pool(w, a · v) = a · pool(w, v)"""
    weights, values = example
    right = a * attention_pooling(weights, values)
    assert_equal(attention_pooling(weights, a * values), right)


@given(averages(fractions))
def test_attention_pooling_is_invariant_under_reordered_pairs(example):
    """pool(P w, P v) = pool(w, v)"""
    weights, values = example
    left = attention_pooling(weights[..., ::-1], values[::-1])
    assert_equal(left, attention_pooling(weights, values))


@given(regressions(near))
def test_nadaraya_watson_is_bounded_by_the_values(example):
    """min y ≤ f(x) ≤ max y"""
    values = example[2]
    y, error = intervals(nadaraya_watson(*lifted(example)))
    assert ((values.min() <= y + error) & (y - error <= values.max())).all()


@given(regressions(near), st.integers(-4, 4))
def test_nadaraya_watson_reproduces_constants(example, constant):
    """f(x) = c where all values are c"""
    queries, keys, _ = example
    values = np.full(keys.shape, float(constant))
    actual = nadaraya_watson(*lifted((queries, keys, values)))
    assert_equal(actual, np.full(queries.shape, float(constant)))


# --- invariances


@given(distances(full_width))
def test_gaussian_kernel_is_invariant_under_a_change_of_sign(u):
    """K(−u) = K(u)"""
    with np.errstate(over="ignore"):
        assert_equal(gaussian_kernel(-u), gaussian_kernel(u))


@given(distances(near))
def test_gaussian_kernel_is_monotone_in_the_distance(u):
    """|u| ≤ |v|  ⇒  K(u) ≥ K(v)"""
    ranked = np.sort(abs(u).ravel())
    assert (np.diff(gaussian_kernel(ranked)) <= 0).all()


@given(regressions(near))
def test_nadaraya_watson_is_invariant_under_reordered_pairs(example):
    """f is the same for keys and values in reverse"""
    queries, keys, values = example
    left = nadaraya_watson(*lifted((queries, keys[::-1], values[::-1])))
    assert_equal(left, nadaraya_watson(*lifted(example)))


@given(regressions(near), st.integers(-8, 8))
def test_nadaraya_watson_is_invariant_under_a_shift(example, shift):
    """f(x + c) for keys x_i + c is f(x)"""
    queries, keys, values = (np.round(64 * x) / 64 for x in example)
    left = nadaraya_watson(*lifted((queries + shift, keys + shift, values)))
    assert_equal(left, nadaraya_watson(*lifted((queries, keys, values))))


@given(regressions(near), st.integers(1, 8))
def test_kernel_attention_is_invariant_under_a_change_of_the_widths_sign(example, w):
    """f depends on w² alone"""
    left, right = (
        kernel_attention(*lifted(example), bounded(sign * w * ONE)) for sign in (1, -1)
    )
    assert_equal(left, right)


# --- special cases


@given(regressions(near))
def test_kernel_attention_of_width_zero_is_the_mean(example):
    """w = 0: every key is as near as any other"""
    queries, keys, values = example
    left = kernel_attention(*lifted(example), bounded(0 * ONE))
    mean = sum(bounded(values)) / len(keys)
    assert_equal(left, np.full(queries.shape, mean))


def test_kernel_attention_of_great_width_is_the_nearest_key():
    """|w| → ∞: one-hot, exactly once the others underflow"""
    queries, keys = np.array([0.1, 0.9]), np.array([0.0, 1.0])
    values = np.array([3.0, 5.0])
    assert_equal(kernel_attention(queries, keys, values, 1000 * ONE), values)


def test_nadaraya_watson_far_from_all_keys_is_nan():
    """0 / 0, where attention still finds the nearest"""
    queries, keys, values = np.array([100.0]), np.array([0.0, 1.0]), np.array([3.0, 5])
    with np.errstate(invalid="ignore"):
        assert np.isnan(nadaraya_watson(queries, keys, values)).all()
    assert 5 - kernel_attention(queries, keys, values, ONE)[0] < 1e-20


def test_nadaraya_watson_with_one_index_would_be_the_mean():
    """The notes: Σ_j K(x − x_i) below, so each weight 1 / n; it is Σ_j K(x − x_j)"""
    keys, values = np.arange(4.0), np.array([5.0, 1, 7, 3])
    k = gaussian_kernel(0.9 - keys)
    assert sum(k[i] / sum(k[i] for _ in keys) * values[i] for i in range(4)) == 4
    assert 3.659 < nadaraya_watson(np.array([0.9]), keys, values)[0] < 3.66


# --- errors


def test_nadaraya_watson_rejects_keys_without_values():
    x = np.ones(2)
    for regress in (nadaraya_watson, lambda *given: kernel_attention(*given, ONE)):
        with pytest.raises(ValueError, match="keys and values have shapes"):
            regress(x, x, np.ones(3))
        with pytest.raises(ValueError, match="it must be"):
            regress(x, x[:0], x[:0])
        with pytest.raises(ValueError, match="it must be"):
            regress(x, x[None], x[None])
        with pytest.raises(ValueError, match="it must be"):
            regress(x, x[0], x[0])
        with pytest.raises(ValueError, match="queries has shape"):
            regress(x[None], x, x)


def test_kernel_attention_rejects_a_weight_of_several_numbers():
    x = np.ones(2)
    with pytest.raises(ValueError, match=r"weight has shape \(2,\)"):
        kernel_attention(x, x, x, x)


@pytest.mark.parametrize("shape", [(2, 1), (3,), (3, 1, 1)])
def test_attention_pooling_rejects_values_without_weights(shape):
    with pytest.raises(ValueError, match="weights have shape"):
        attention_pooling(np.ones((2, 3)), np.ones(shape))


# --- agreement


@given(distances(full_width))
def test_gaussian_kernel_agrees_with_backend(backend, u):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gaussian_kernel, u)


@given(regressions(near))
def test_nadaraya_watson_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, nadaraya_watson, *example)


@given(regressions(near), near((1,)))
def test_kernel_attention_agrees_with_backend(backend, example, weight):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, kernel_attention, *example, 8 * weight)


@given(averages(full_width))
def test_attention_pooling_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, attention_pooling, *example)
