"""The laws of reference/cross_correlation.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import (
    fractions,
    full_width,
    per_axis,
    sixteenths,
    whole_numbers,
)
from reference.convolution.cross_correlation import (
    convolve,
    cross_correlate,
    cross_correlate_channels,
    cross_correlate_filters,
)

# --- strategies


@st.composite
def kernels_in_signals(draw, elements):
    """A signal of one to three axes and a kernel that fits into it."""
    (axes,) = draw(whole_numbers((1, 3)))
    most = 3 if axes < 3 else 2
    kernel_size = draw(per_axis(axes, 1, most))
    room = draw(per_axis(axes, 0, most))
    x = draw(elements(tuple(map(sum, zip(kernel_size, room)))))
    return x, draw(elements(kernel_size))


# --- identities


@given(kernels_in_signals(sixteenths))
def test_cross_correlate_has_identity_one(signal):
    """x ⋆ [1] = x"""
    x, _ = signal
    assert_equal(cross_correlate(x, np.ones([1] * x.ndim)), x)


@given(kernels_in_signals(sixteenths))
def test_cross_correlate_with_a_delta_crops(signal):
    """x ⋆ δ_p = x[p : p + size − kernel_size + 1]"""
    x, kernel = signal
    for p in np.ndindex(kernel.shape):
        delta = np.zeros(kernel.shape)
        delta[p] = 1
        crop = [slice(a, a + n - k + 1) for a, n, k in zip(p, x.shape, kernel.shape)]
        assert_equal(cross_correlate(x, delta), x[tuple(crop)])


@given(kernels_in_signals(sixteenths))
def test_convolve_has_identity_one(signal):
    """x ∗ [1] = x"""
    x, _ = signal
    assert_equal(convolve(x, np.ones([1] * x.ndim)), x)


@given(kernels_in_signals(fractions))
def test_convolve_flips_what_cross_correlate_does_not(signal):
    """valid part of (x ∗ k) = x ⋆ flip(k)"""
    x, kernel = signal
    valid = tuple(slice(k - 1, n) for n, k in zip(x.shape, kernel.shape))
    assert_equal(convolve(x, kernel)[valid], cross_correlate(x, np.flip(kernel)))


# --- algebra


@given(kernels_in_signals(fractions))
def test_convolve_is_commutative(signal):
    """x ∗ k = k ∗ x"""
    x, kernel = signal
    assert_equal(convolve(x, kernel), convolve(kernel, x))


@given(fractions((3,)), fractions((2,)), fractions((4,)))
def test_convolve_is_associative(x, y, z):
    """(x ∗ y) ∗ z = x ∗ (y ∗ z)"""
    assert_equal(convolve(convolve(x, y), z), convolve(x, convolve(y, z)))


@given(fractions((3, 2)), fractions((3, 2)), fractions((2, 2)))
def test_convolve_distributes_over_addition(x, y, kernel):
    """(x + y) ∗ k = x ∗ k + y ∗ k"""
    left = convolve(x + y, kernel)
    assert_equal(left, convolve(x, kernel) + convolve(y, kernel))


@given(kernels_in_signals(fractions))
def test_convolve_multiplies_sums(signal):
    """Σ (x ∗ k) = Σ x · Σ k"""
    x, kernel = signal
    assert convolve(x, kernel).sum() == x.sum() * kernel.sum()


@given(fractions((4,)), fractions((3,)), st.fractions(-2, 2, max_denominator=5))
def test_convolve_multiplies_polynomials(p, q, t):
    """(p ∗ q)(t) = p(t) · q(t), of polynomials by their coefficients"""
    assert np.polyval(convolve(p, q), t) == np.polyval(p, t) * np.polyval(q, t)


@given(kernels_in_signals(fractions), fractions(()))
def test_cross_correlate_is_homogeneous_in_the_signal(signal, a):
    """(a · x) ⋆ k = a · (x ⋆ k)"""
    x, kernel = signal
    assert_equal(cross_correlate(a * x, kernel), a * cross_correlate(x, kernel))


@given(fractions((4, 3)), fractions((4, 3)), fractions((2, 2)))
def test_cross_correlate_is_additive_in_the_signal(x, y, kernel):
    """(x + y) ⋆ k = x ⋆ k + y ⋆ k"""
    left = cross_correlate(x + y, kernel)
    assert_equal(left, cross_correlate(x, kernel) + cross_correlate(y, kernel))


@given(fractions((4, 3)), fractions((2, 2)), fractions((2, 2)))
def test_cross_correlate_is_additive_in_the_kernel(x, kernel, other):
    """x ⋆ (k + l) = x ⋆ k + x ⋆ l"""
    left = cross_correlate(x, kernel + other)
    assert_equal(left, cross_correlate(x, kernel) + cross_correlate(x, other))


@given(sixteenths((3, 4, 3)), sixteenths((3, 2, 2)))
def test_cross_correlate_channels_adds_up_channels(x, kernel):
    """y = Σ_c  x[c] ⋆ kernel[c]"""
    right = sum(cross_correlate(image, k) for image, k in zip(x, kernel))
    assert_equal(cross_correlate_channels(x, kernel), right)


@given(sixteenths((3, 4, 3)), sixteenths((3, 2, 2)), st.permutations(range(3)))
def test_cross_correlate_channels_is_invariant_under_permutation(x, kernel, order):
    """Channels of image and kernel may be renumbered together."""
    left = cross_correlate_channels(x[order], kernel[order])
    assert_equal(left, cross_correlate_channels(x, kernel))


def test_cross_correlate_channels_example_of_the_notes():
    """The notes' two channels and kernels give [[56, 72], [104, 120]]."""
    x = np.array([np.arange(9.0), np.arange(1.0, 10)]).reshape(2, 3, 3)
    kernel = np.array([np.arange(4.0), np.arange(1.0, 5)]).reshape(2, 2, 2)
    expected = np.array([[56.0, 72.0], [104.0, 120.0]])
    assert_equal(cross_correlate_channels(x, kernel), expected)


@given(sixteenths((2, 3, 3)), sixteenths((2, 2, 2, 2)), sixteenths((1, 2, 2, 2)))
def test_cross_correlate_filters_joins_banks_of_filters(x, filters, more):
    """The result of two banks of filters is that of one after that of the other."""
    left = cross_correlate_filters(x, np.concatenate([filters, more]))
    parts = [cross_correlate_filters(x, bank) for bank in (filters, more)]
    assert_equal(left, np.concatenate(parts))


def test_cross_correlate_sums_products_of_elements():
    """The notes: a product of matrices, summed. That would be 10, not 5."""
    kernel, x = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    assert (kernel @ x).sum() == 10
    assert_equal(cross_correlate(x, kernel), np.array([[5.0]]))


def test_convolve_differs_from_cross_correlate_if_its_kernel_does_when_turned():
    """The notes: it makes no difference. Here 19 against 5, but not if k = flip(k)."""
    x, kernel = np.arange(9.0).reshape(3, 3), np.arange(4.0).reshape(2, 2)
    valid = (slice(1, 3), slice(1, 3))
    expected = np.array([[5.0, 11.0], [23.0, 29.0]])
    assert_equal(convolve(x, kernel)[valid], expected)
    expected = np.array([[19.0, 25.0], [37.0, 43.0]])
    assert_equal(cross_correlate(x, kernel), expected)
    symmetric = kernel + np.flip(kernel)
    assert_equal(convolve(x, symmetric)[valid], cross_correlate(x, symmetric))


def test_cross_correlate_keeps_the_digits_of_its_input():
    """The notes: y is zeros of the default type. In float32, 1 + 2⁻³⁰ would be 1."""
    x = np.array([[1 + 2.0**-30]])
    assert_equal(cross_correlate(x, np.ones((1, 1))), x)
    assert np.float32(x[0, 0]) == 1


def test_cross_correlate_channels_rejects_a_kernel_of_fewer_channels():
    """The notes: sum(… for x, k in zip(X, K)), which drops the third of three."""
    x, kernel = np.ones((3, 3, 3)), np.ones((2, 2, 2))
    dropped = sum(cross_correlate(a, k) for a, k in zip(x, kernel))
    assert_equal(dropped, np.full((2, 2), 8.0))
    with pytest.raises(ValueError, match="channels"):
        cross_correlate_channels(x, kernel)


def test_cross_correlate_filters_has_the_sizes_of_the_notes():
    """An image of 6 x 6 x 3 and two filters of 3 x 3 x 3 give 4 x 4 x 2."""
    y = cross_correlate_filters(np.ones((3, 6, 6)), np.ones((2, 3, 3, 3)))
    assert_equal(y, np.full((2, 4, 4), 27.0))


# --- gradients


@given(kernels_in_signals(fractions))
def test_cross_correlate_gradient_is_a_convolution(signal):
    """∂(Σ g · (x ⋆ k)) / ∂x = g ∗ k, in full; and by k it is x ⋆ g"""
    x, kernel = signal
    g = np.ones_like(cross_correlate(x, kernel))
    by_x, by_kernel = gradient(cross_correlate, [x, kernel], g)
    assert_equal(by_x, convolve(g, kernel))
    assert_equal(by_kernel, cross_correlate(x, g))


# --- errors


def test_cross_correlate_rejects_a_kernel_that_outgrows_the_signal():
    """A kernel of 3 does not fit into a signal of 2."""
    with pytest.raises(ValueError, match="the kernel reaches 3, more than size 2"):
        cross_correlate(np.zeros(2), np.zeros(3))


def test_convolve_rejects_an_empty_signal():
    """A convolution with nothing is not defined."""
    with pytest.raises(ValueError, match="one is empty"):
        convolve(np.zeros(0), np.zeros(1))


# --- agreement


@given(kernels_in_signals(full_width))
def test_cross_correlate_agrees_with_backend(backend, signal):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, cross_correlate, *signal)


@given(kernels_in_signals(full_width))
def test_convolve_agrees_with_backend(backend, signal):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, convolve, *signal)


@given(full_width((2, 4, 3)), full_width((2, 2, 2)))
def test_cross_correlate_channels_agrees_with_backend(backend, x, kernel):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, cross_correlate_channels, x, kernel)


@given(full_width((2, 4, 3)), full_width((3, 2, 2, 2)))
def test_cross_correlate_filters_agrees_with_backend(backend, x, filters):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, cross_correlate_filters, x, filters)
