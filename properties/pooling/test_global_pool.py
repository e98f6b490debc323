"""The laws of reference/pooling/global_pool.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.pooling.strategies import EDGES, tied
from properties.strategies import (
    fractions,
    full_width,
    ordinary,
    sixteenths,
    whole_numbers,
)
from reference.convolution.convolution import conv2d
from reference.pooling.adaptive_pool import adaptive_avg_pool2d, adaptive_max_pool2d
from reference.pooling.global_pool import (
    global_avg_pool,
    global_avg_pool_softmax,
    global_max_pool,
)

# --- strategies


@st.composite
def maps(draw, elements):
    """Arrays (batch, channels, *size); in a third, channels or columns are many."""
    ranges = [(0, 11), (0, 7), (0, 3), (1, 2), *[(1, 4)] * 4]
    kind, edge, axes, batch, channels, *size = draw(whole_numbers(*ranges))
    size = size[: max(axes, 1)]
    if kind >= 8:
        channels, size = (EDGES[edge], size[:1]) if kind < 10 else (1, [EDGES[edge]])
    return draw(elements((batch, channels, *size)))


IMAGES = (2, 3, 3, 4)

# --- identities


@given(fractions(IMAGES))
def test_global_avg_pool_is_one_adaptive_bin(x):
    """avg(x) = adaptive_avg_pool(x, 1) = Σ x / (number of pixels)"""
    right = adaptive_avg_pool2d(x, output_size=1)[..., 0, 0]
    assert_equal(global_avg_pool(x), right)
    assert_equal(global_avg_pool(x), x.sum(axis=(2, 3)) / 12)


@given(sixteenths(IMAGES))
def test_global_max_pool_is_one_adaptive_bin(x):
    """max(x) = adaptive_max_pool(x, 1) = the greatest pixel"""
    right = adaptive_max_pool2d(x, output_size=(1, 1))[..., 0, 0]
    assert_equal(global_max_pool(x), right)
    assert_equal(global_max_pool(x), x.max(axis=(2, 3)))


# --- algebra


@given(fractions(IMAGES), fractions(IMAGES), fractions((1,)))
def test_global_avg_pool_is_linear_in_the_input(x, z, a):
    """avg(a · x + z) = a · avg(x) + avg(z)"""
    right = a[0] * global_avg_pool(x) + global_avg_pool(z)
    assert_equal(global_avg_pool(a[0] * x + z), right)


@given(fractions(IMAGES), fractions((2, 3, 1, 1)), fractions((2,)))
def test_global_avg_pool_commutes_with_pointwise_convolutions(x, weight, bias):
    """avg(W x + b) = W avg(x) + b, for convolutions with windows of one pixel"""
    left = global_avg_pool(conv2d(x, weight, bias))
    right = conv2d(global_avg_pool(x)[..., None, None], weight, bias)[..., 0, 0]
    assert_equal(left, right)


@given(sixteenths(IMAGES), sixteenths(IMAGES))
def test_global_max_pool_distributes_over_maxima(x, z):
    """max(max(x, z)) = max(max(x), max(z))"""
    right = np.maximum(global_max_pool(x), global_max_pool(z))
    assert_equal(global_max_pool(np.maximum(x, z)), right)


# --- invariances


@given(fractions(IMAGES), st.permutations(range(12)))
def test_global_avg_pool_is_invariant_under_permutations_of_pixels(x, order):
    """avg(x[order]) = avg(x), and of the maximum: all shifts, turns, flips"""
    shuffled = x.reshape(2, 3, 12)[..., order]
    assert_equal(global_avg_pool(shuffled), global_avg_pool(x))
    assert_equal(global_max_pool(shuffled), global_max_pool(x))


@given(sixteenths(IMAGES), st.integers(0, 3), st.integers(0, 2))
def test_global_max_pool_is_invariant_under_circular_shifts(x, down, right):
    """max(x, rolled) = max(x): where something is does not matter"""
    rolled = np.roll(x, (down, right), axis=(2, 3))
    assert_equal(global_max_pool(rolled), global_max_pool(x))


@given(sixteenths(IMAGES), st.permutations(range(12)))
def test_global_avg_pool_softmax_is_invariant_under_permutations_of_pixels(x, order):
    """p(x[order]) = p(x): classes do not depend on where pixels are"""
    shuffled = bounded(x.reshape(2, 3, 12)[..., order])
    left = global_avg_pool_softmax(shuffled)
    assert_equal(left, global_avg_pool_softmax(bounded(x)))


# --- special cases


@given(sixteenths(IMAGES))
def test_global_avg_pool_softmax_sums_to_one(x):
    """Σ_c p[n, c] = 1"""
    total = global_avg_pool_softmax(bounded(x)).sum(axis=1)
    assert_equal(total, bounded(np.ones(2)))


@given(sixteenths(IMAGES), st.integers(-64, 64))
def test_global_avg_pool_softmax_is_invariant_under_shifts_of_levels(x, c):
    """p(x + c) = p(x)"""
    left = global_avg_pool_softmax(bounded(x + c / 16))
    assert_equal(left, global_avg_pool_softmax(bounded(x)))


def test_global_max_pool_of_nan_is_nan():
    """NaN is greater than all numbers"""
    x = np.array([[[1, np.nan, 2], [-np.inf, -np.inf, -np.inf]]])
    assert_equal(global_max_pool(x), np.array([[np.nan, -np.inf]]))


# --- gradients


@given(tied(IMAGES))
def test_global_max_pool_gradient_goes_to_the_first_maximum(x):
    """∂(Σ y)/∂x is 1 at the first of the greatest pixels of each channel, else 0"""
    (grad,) = gradient(global_max_pool, [x], np.ones((2, 3)))
    flat = x.reshape(6, 12)
    expected = np.arange(12) == flat.argmax(1)[:, None]
    assert_equal(grad.astype(bool), expected.reshape(x.shape))


@given(fractions(IMAGES), fractions((2, 3)))
def test_global_avg_pool_gradient_is_spread_evenly(x, w):
    """∂⟨avg(x), w⟩/∂x[n, c, pixel] = w[n, c] / (number of pixels)"""
    (grad,) = gradient(global_avg_pool, [x], w)
    assert_equal(grad, np.repeat(w / 12, 12).reshape(IMAGES))


# --- errors


@pytest.mark.parametrize("pool", [global_avg_pool, global_max_pool])
def test_global_avg_pool_of_no_channels_is_empty(pool):
    """Pixels there are, and none of them is a channel's"""
    assert pool(np.zeros((2, 0, 3))).shape == (2, 0)


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 0), (3,)])
def test_global_avg_pool_rejects_what_has_no_pixels(shape):
    """Mean and maximum of nothing raise a ValueError that says so."""
    for pool in (global_avg_pool, global_max_pool, global_avg_pool_softmax):
        with pytest.raises(ValueError, match="input has shape"):
            pool(np.zeros(shape))


# --- agreement


@given(maps(full_width))
def test_global_avg_pool_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, global_avg_pool, x)


@given(st.one_of(maps(full_width), maps(tied)))
def test_global_max_pool_agrees_with_backend(backend, x):
    """The backend has the very maxima of the definition."""
    agree(backend, global_max_pool, x)


@given(maps(ordinary))
def test_global_avg_pool_softmax_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, global_avg_pool_softmax, x)
