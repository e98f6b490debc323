"""The laws of reference/convolution.py, then its agreement with the backends."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import (
    fractions,
    full_width,
    per_axis,
    sixteenths,
    whole_numbers,
)
from reference.convolution import (
    conv1d,
    conv2d,
    conv3d,
    convolve,
    cross_correlate,
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


@st.composite
def convolutions(draw, elements, *, axes):
    """An input, filters that fit into it, a bias or None, and the window's options."""
    counts = [(1, 2)] * 4 + [(0, 1)]
    batch, groups, channels, filters, has_bias = draw(whole_numbers(*counts))
    most = 5 - axes
    kernel_size = draw(per_axis(axes, 1, min(3, most)))
    stride, padding, dilation, room = (
        draw(per_axis(axes, least, greatest))
        for least, greatest in [(1, 3), (0, 2), (1, 2), (0, most)]
    )
    reach = [d * (k - 1) + 1 for d, k in zip(dilation, kernel_size)]
    size = [max(1, r - 2 * p) + n for r, p, n in zip(reach, padding, room)]
    x = draw(elements((batch, groups * channels, *size)))
    weight = draw(elements((groups * filters, channels, *kernel_size)))
    bias = draw(elements((groups * filters,))) if has_bias else None
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    return (x, weight, bias), options | {"groups": groups}


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


@given(kernels_in_signals(fractions))
def test_convolve_multiplies_sums(signal):
    """Σ (x ∗ k) = Σ x · Σ k"""
    x, kernel = signal
    assert convolve(x, kernel).sum() == x.sum() * kernel.sum()


# --- agreement


@given(kernels_in_signals(full_width))
def test_cross_correlate_agrees_with_backend(backend, signal):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, cross_correlate, *signal)


@given(convolutions(full_width, axes=1))
def test_conv1d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, conv1d, *tensors, **options)


@given(convolutions(full_width, axes=2))
def test_conv2d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, conv2d, *tensors, **options)


@given(convolutions(full_width, axes=3))
def test_conv3d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, conv3d, *tensors, **options)


@given(kernels_in_signals(full_width))
def test_convolve_agrees_with_backend(backend, signal):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, convolve, *signal)
