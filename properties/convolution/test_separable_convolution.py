"""The laws of reference/separable_convolution.py, then its agreement."""

from fractions import Fraction
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import (
    fractions,
    full_width,
    per_axis,
    sixteenths,
    whole_numbers,
    windows,
)
from reference.convolution.convolution import conv2d
from reference.convolution.cross_correlation import cross_correlate
from reference.convolution.separable_convolution import (
    conv_mac_count,
    conv_parameter_count,
    depthwise_conv2d,
    depthwise_separable_conv2d,
    pointwise_conv2d,
    spatially_separable_conv2d,
)

# --- strategies


moderate = partial(full_width, extremes=False)
"""What overflows between two convolutions, infinity times padding, is not defined."""


@st.composite
def depthwise_convolutions(draw, elements):
    """An image, one or two filters for every channel, a bias or None, and options."""
    options = draw(windows(2, room=2))
    batch, channels, multiplier, has_bias = draw(
        whole_numbers((1, 2), (1, 2), (1, 2), (0, 1))
    )
    filters = channels * multiplier
    x = draw(elements((batch, channels, *options.pop("size"))))
    weight = draw(elements((filters, 1, *options.pop("kernel_size"))))
    bias = draw(elements((filters,))) if has_bias else None
    return (x, weight, bias), options


@st.composite
def pointwise_convolutions(draw, elements):
    """An image, a weight for every pair of channels, a bias or None."""
    batch, height, width = draw(per_axis(3, 1, 3))
    channels, filters = draw(per_axis(2, 1, 4))
    x = draw(elements((batch, channels, height, width)))
    weight = draw(elements((filters, channels, 1, 1)))
    return x, weight, draw(st.none() | elements((filters,)))


@st.composite
def depthwise_separable_convolutions(draw, elements):
    """An image, weights for its channels and between them, a bias, and options."""
    (x, weight, _), options = draw(depthwise_convolutions(elements))
    filters = draw(st.integers(1, 3))
    pointwise = draw(elements((filters, len(weight), 1, 1)))
    bias = draw(st.none() | elements((filters,)))
    return (x, weight, pointwise, bias), options


@st.composite
def spatially_separable_convolutions(draw, elements):
    """An image, a column, a row, and the window's options."""
    options = draw(windows(2, room=2))
    kernel_size = options.pop("kernel_size")
    x = draw(elements((*draw(per_axis(2, 1, 2)), *options.pop("size"))))
    column, row = draw(elements(kernel_size[:1])), draw(elements(kernel_size[1:]))
    return (x, column, row), options


@st.composite
def layer_sizes(draw):
    """Channels, filters, kernel and output size of a layer, and its groups."""
    groups, channels, filters, *sizes = draw(per_axis(7, 1, 3))
    return groups * channels, groups * filters, sizes[:2], sizes[2:], groups


# --- identities


@given(depthwise_convolutions(fractions))
def test_depthwise_conv2d_equals_conv2d_with_as_many_groups_as_channels(convolution):
    """depthwise_conv2d(x, w) = conv2d(x, w, groups=channels)"""
    tensors, options = convolution
    expected = conv2d(*tensors, groups=tensors[0].shape[1], **options)
    assert_equal(depthwise_conv2d(*tensors, **options), expected)


@given(pointwise_convolutions(fractions))
def test_pointwise_conv2d_equals_conv2d(tensors):
    """pointwise_conv2d(x, w) = conv2d(x, w), with a kernel of one pixel"""
    assert_equal(pointwise_conv2d(*tensors), conv2d(*tensors))


@given(pointwise_convolutions(fractions))
def test_pointwise_conv2d_is_a_matrix_product_on_each_pixel(tensors):
    """y[n, :, i, j] = W · x[n, :, i, j] + b"""
    x, weight, bias = tensors
    y = pointwise_conv2d(x, weight, bias)
    for n, i, j in np.ndindex(len(x), *x.shape[2:]):
        product = weight[:, :, 0, 0] @ x[n, :, i, j]
        assert_equal(y[n, :, i, j], product if bias is None else product + bias)


@given(depthwise_separable_convolutions(fractions))
def test_depthwise_separable_conv2d_equals_conv2d_with_a_factored_weight(convolution):
    """weight[o, c] = Σ_m P[o, c · M + m] · D[c · M + m]"""
    (x, depthwise, pointwise, bias), options = convolution
    weight = pointwise[:, :, 0, 0, None, None] * depthwise[:, 0]
    shape = (len(pointwise), x.shape[1], -1, *depthwise.shape[2:])
    expected = conv2d(x, weight.reshape(shape).sum(axis=2), bias, **options)
    actual = depthwise_separable_conv2d(x, depthwise, pointwise, bias, **options)
    assert_equal(actual, expected)


@given(spatially_separable_convolutions(fractions))
def test_spatially_separable_conv2d_equals_depthwise_conv2d_of_rank_one(convolution):
    """kernel[p, q] = column[p] · row[q], the same for every channel"""
    (x, column, row), options = convolution
    kernel = np.multiply.outer(column, row)
    weight = np.stack([kernel[None]] * x.shape[1])
    actual = spatially_separable_conv2d(x, column, row, **options)
    assert_equal(actual, depthwise_conv2d(x, weight, **options))


@given(layer_sizes())
def test_conv_parameter_count_counts_weight_and_bias(layer):
    """parameters = size of weight + size of bias, in shapes that conv2d takes"""
    channels, filters, kernel_size, _, groups = layer
    weight = np.ones((filters, channels // groups, *kernel_size))
    bias = np.ones(filters)
    conv2d(np.ones((1, channels, *kernel_size)), weight, bias, groups=groups)
    count = conv_parameter_count(channels, filters, kernel_size, groups=groups)
    assert count == weight.size + bias.size


@given(layer_sizes())
def test_conv_mac_count_counts_products(layer):
    """In an image of ones, every product of a kernel of ones adds one to Σ y."""
    channels, filters, kernel_size, out_size, groups = layer
    x = np.ones((1, channels, *np.add(kernel_size, out_size) - 1))
    weight = np.ones((filters, channels // groups, *kernel_size))
    count = conv_mac_count(channels, filters, kernel_size, out_size, groups=groups)
    assert conv2d(x, weight, groups=groups).sum() == count


# --- algebra


@given(pointwise_convolutions(fractions), fractions((2, 4)))
def test_pointwise_conv2d_composes_as_matrices_multiply(tensors, numbers):
    """P₂(P₁(x)) = (P₂ · P₁)(x)"""
    x, first, _ = tensors
    second = numbers[:, : len(first), None, None]
    product = second[:, :, 0, 0] @ first[:, :, 0, 0]
    left = pointwise_conv2d(pointwise_conv2d(x, first), second)
    assert_equal(left, pointwise_conv2d(x, product[:, :, None, None]))


@given(spatially_separable_convolutions(fractions), st.integers(-3, 3))
def test_spatially_separable_conv2d_is_homogeneous_in_either_factor(convolution, a):
    """x ⋆ (a · column) ⋆ row = x ⋆ column ⋆ (a · row) = a · (x ⋆ column ⋆ row)"""
    (x, column, row), options = convolution
    expected = a * spatially_separable_conv2d(x, column, row, **options)
    assert_equal(spatially_separable_conv2d(x, a * column, row, **options), expected)
    assert_equal(spatially_separable_conv2d(x, column, a * row, **options), expected)


# --- invariances


@given(depthwise_convolutions(fractions))
def test_depthwise_conv2d_has_independent_channels(convolution):
    """The filters of a channel see that channel alone."""
    (x, weight, bias), options = convolution
    y = depthwise_conv2d(x, weight, bias, **options)
    filters = len(weight) // x.shape[1]
    for c in range(x.shape[1]):
        own = slice(c * filters, (c + 1) * filters)
        parts = x[:, c : c + 1], weight[own], None if bias is None else bias[own]
        assert_equal(y[:, own], depthwise_conv2d(*parts, **options))


@given(depthwise_convolutions(fractions))
def test_depthwise_conv2d_is_equivariant_under_permuted_channels(convolution):
    """Channels and filters in reverse order give the result in reverse order."""
    (x, weight, _), options = convolution
    left = depthwise_conv2d(x[:, ::-1], weight[::-1], **options)
    assert_equal(left, depthwise_conv2d(x, weight, **options)[:, ::-1])


@given(pointwise_convolutions(fractions))
def test_pointwise_conv2d_is_equivariant_under_permuted_pixels(tensors):
    """No pixel sees another: a flipped image gives the flipped result."""
    x, weight, bias = tensors
    left = pointwise_conv2d(x[:, :, ::-1, ::-1], weight, bias)
    assert_equal(left, pointwise_conv2d(x, weight, bias)[:, :, ::-1, ::-1])


@given(spatially_separable_convolutions(fractions))
def test_spatially_separable_conv2d_is_invariant_under_the_order_of_passes(convolution):
    """(x ⋆ column) ⋆ row = (x ⋆ row) ⋆ column: transpose, swap the two, transpose."""
    (x, column, row), options = convolution
    swapped = {name: pair[::-1] for name, pair in options.items()}
    left = spatially_separable_conv2d(x.swapaxes(2, 3), row, column, **swapped)
    right = spatially_separable_conv2d(x, column, row, **options)
    assert_equal(left.swapaxes(2, 3), right)


# --- special cases


@given(depthwise_convolutions(sixteenths))
def test_depthwise_separable_conv2d_reduces_to_depthwise_conv2d(convolution):
    """Mixing with the identity matrix mixes nothing."""
    (x, weight, bias), options = convolution
    identity = np.eye(len(weight))[:, :, None, None]
    left = depthwise_separable_conv2d(x, weight, identity, bias, **options)
    assert_equal(left, depthwise_conv2d(x, weight, bias, **options))


def test_spatially_separable_conv2d_finds_edges_as_sobel_does():
    """[1, 2, 1]ᵀ ⋆ [−1, 0, 1] is Sobel's kernel."""
    x = np.arange(25.0).reshape(5, 5) ** 2
    sobel = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
    column, row = np.array([1.0, 2.0, 1.0]), np.array([-1.0, 0.0, 1.0])
    actual = spatially_separable_conv2d(x[None, None], column, row)
    assert_equal(actual[0, 0], cross_correlate(x, sobel))


@given(layer_sizes())
def test_conv_mac_count_of_separable_layers_is_smaller_by_a_known_ratio(layer):
    """(depthwise + pointwise) / dense = 1 / filters + 1 / Π kernel_size"""
    channels, filters, kernel_size, out_size, _ = layer
    depthwise = conv_mac_count(
        channels, channels, kernel_size, out_size, groups=channels
    )
    pointwise = conv_mac_count(channels, filters, (1, 1), out_size)
    dense = conv_mac_count(channels, filters, kernel_size, out_size)
    expected = Fraction(1, filters) + Fraction(1, kernel_size[0] * kernel_size[1])
    assert Fraction(depthwise + pointwise, dense) == expected


@given(layer_sizes())
def test_conv_parameter_count_is_divided_by_groups(layer):
    """groups · parameters in groups = parameters, but for the bias"""
    sizes, groups = layer[:3], layer[4]
    grouped = conv_parameter_count(*sizes, groups=groups, bias=False)
    assert groups * grouped == conv_parameter_count(*sizes, bias=False)


@given(st.integers(1, 8))
def test_conv_parameter_count_of_two_small_kernels_is_less_than_of_a_large_one(c):
    """2 · 9 · C² < 25 · C², though two 3 x 3 kernels see as far as one 5 x 5."""
    small = conv_parameter_count(c, c, (3, 3), bias=False)
    assert 2 * small == 18 * c * c
    assert conv_parameter_count(c, c, (5, 5), bias=False) == 25 * c * c


def test_conv_parameter_count_is_the_same_however_kernels_are_counted():
    """The notes: not 6 kernels of 2 x 2 but 2 of 2 x 2 x 3. Both are 24 weights."""
    weight = np.ones((2, 3, 2, 2))
    assert conv_parameter_count(3, 2, (2, 2), bias=False) == weight.size == 24
    assert 6 * 2 * 2 == 2 * (2 * 2 * 3) == 24


# --- errors


def test_depthwise_conv2d_rejects_filters_over_several_channels():
    with pytest.raises(ValueError, match="filters have 2 channels"):
        depthwise_conv2d(np.ones((1, 2, 3, 3)), np.ones((2, 2, 1, 1)))


def test_depthwise_conv2d_rejects_filters_that_channels_do_not_divide():
    with pytest.raises(ValueError, match="groups is 2; it must divide"):
        depthwise_conv2d(np.ones((1, 2, 3, 3)), np.ones((3, 1, 1, 1)))


def test_depthwise_conv2d_rejects_a_bias_of_another_size():
    with pytest.raises(ValueError, match="bias has shape"):
        depthwise_conv2d(np.ones((1, 2, 3, 3)), np.ones((2, 1, 1, 1)), np.ones(1))


def test_pointwise_conv2d_rejects_a_kernel_of_many_pixels():
    with pytest.raises(ValueError, match="weight has shape"):
        pointwise_conv2d(np.ones((1, 2, 3, 3)), np.ones((2, 2, 1, 3)))


def test_pointwise_conv2d_rejects_a_bias_of_another_size():
    with pytest.raises(ValueError, match="bias has shape"):
        pointwise_conv2d(np.ones((1, 2, 3, 3)), np.ones((2, 2, 1, 1)), np.ones(1))


def test_spatially_separable_conv2d_rejects_a_matrix_for_a_row():
    with pytest.raises(ValueError, match="row has shape"):
        spatially_separable_conv2d(np.ones((1, 1, 3, 3)), np.ones(1), np.ones((1, 1)))


def test_conv_parameter_count_rejects_groups_that_do_not_divide():
    with pytest.raises(ValueError, match="groups is 2; it must divide"):
        conv_parameter_count(3, 4, (1, 1), groups=2)


# --- agreement


@given(depthwise_convolutions(full_width))
def test_depthwise_conv2d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, depthwise_conv2d, *tensors, **options)


@given(pointwise_convolutions(full_width))
def test_pointwise_conv2d_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, pointwise_conv2d, *tensors)


@given(depthwise_separable_convolutions(moderate))
def test_depthwise_separable_conv2d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, depthwise_separable_conv2d, *tensors, **options)


@given(spatially_separable_convolutions(moderate))
def test_spatially_separable_conv2d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, spatially_separable_conv2d, *tensors, **options)
