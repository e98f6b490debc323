"""The laws of reference/convolution_layouts.py, then its agreement."""

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
from reference.convolution.convolution_layouts import (
    comp_conv2d,
    conv2d_channels_last,
    weight_from_channels_last,
    weight_to_channels_last,
)
from reference.convolution.cross_correlation import cross_correlate
from reference.convolution.dense_to_convolution import centered_convolution

# --- strategies


@st.composite
def channels_last_convolutions(draw, elements):
    """Images and filters with their channels last, a bias or None, and options."""
    batch, channels, filters, has_bias = draw(
        whole_numbers((1, 2), (1, 2), (1, 2), (0, 1))
    )
    options = draw(windows(2))
    x = draw(elements((batch, *options.pop("size"), channels)))
    weight = draw(elements((*options.pop("kernel_size"), channels, filters)))
    return (x, weight, draw(elements((filters,))) if has_bias else None), options


@st.composite
def single_convolutions(draw, elements):
    """One image and one kernel, without channels, and options."""
    options = draw(windows(2))
    x = draw(elements(options.pop("size")))
    return (x, draw(elements(options.pop("kernel_size")))), options


def weights(elements):
    """Weights of four axes, in either order."""
    return per_axis(4, 1, 3).flatmap(elements)


# --- identities


@given(channels_last_convolutions(fractions))
def test_conv2d_channels_last_equals_conv2d_with_its_axes_moved(convolution):
    """NHWC and HWIO in, NHWC out: the same numbers as NCHW and OIHW"""
    (x, weight, bias), options = convolution
    filters = weight_from_channels_last(weight)
    expected = conv2d(x.transpose(0, 3, 1, 2), filters, bias, **options)
    actual = conv2d_channels_last(x, weight, bias, **options)
    assert_equal(actual, expected.transpose(0, 2, 3, 1))


@given(weights(sixteenths))
def test_weight_to_channels_last_round_trips(weight):
    """from(to(w)) = w"""
    assert_equal(weight_from_channels_last(weight_to_channels_last(weight)), weight)


@given(weights(sixteenths))
def test_weight_from_channels_last_round_trips(weight):
    """to(from(w)) = w"""
    assert_equal(weight_to_channels_last(weight_from_channels_last(weight)), weight)


@given(single_convolutions(fractions))
def test_comp_conv2d_equals_cross_correlate_on_a_padded_image(convolution):
    """pad the image, put zeros into the kernel, keep every stride-th place"""
    (x, kernel), options = convolution
    (down, right), (p, q), dilation = options.values()
    size = [d * (k - 1) + 1 for d, k in zip(dilation, kernel.shape)]
    dilated = np.zeros(size, kernel.dtype)
    dilated[:: dilation[0], :: dilation[1]] = kernel
    expected = cross_correlate(np.pad(x, [(p, p), (q, q)]), dilated)[::down, ::right]
    assert_equal(comp_conv2d(x, kernel, **options), expected)


# --- special cases


@given(channels_last_convolutions(fractions))
def test_conv2d_channels_last_reduces_to_centered_convolution(convolution):
    """Stride 1, an odd kernel and half of it as padding: as many pixels as before."""
    (x, weight, _), _ = convolution
    odd = weight[: (len(weight) - 1) // 2 * 2 + 1, :1]
    actual = conv2d_channels_last(x, odd, padding=(len(odd) // 2, 0))
    assert_equal(actual[0], centered_convolution(x[0], odd))


@pytest.mark.parametrize(
    ("kernel_size", "options", "out_size"),
    [
        ((3, 3), {"padding": 1}, (8, 8)),
        ((5, 3), {"padding": (2, 1)}, (8, 8)),
        ((3, 5), {"padding": (0, 1)}, (6, 6)),
        ((3, 5), {"padding": (0, 1), "stride": (3, 2)}, (2, 3)),
    ],
)
def test_comp_conv2d_has_the_sizes_in_the_book(kernel_size, options, out_size):
    """The book's four layers on an image of 8 x 8."""
    y = comp_conv2d(np.ones((8, 8)), np.ones(kernel_size), **options)
    assert y.shape == out_size


def test_weight_layouts_of_the_notes():
    """[height, width, in, out], where others have [out, in, height, width]."""
    assert weight_to_channels_last(np.ones((7, 3, 2, 5))).shape == (2, 5, 3, 7)
    assert weight_from_channels_last(np.ones((2, 5, 3, 7))).shape == (7, 3, 2, 5)


# --- errors


def test_conv2d_channels_last_rejects_channels_that_come_first():
    with pytest.raises(ValueError, match="filters have 2 channels; 4 channels"):
        conv2d_channels_last(np.ones((1, 2, 4, 4)), np.ones((1, 1, 2, 3)))


@pytest.mark.parametrize("size", [2, 4])
def test_conv2d_channels_last_rejects_a_bias_of_another_size(size):
    tensors = np.ones((1, 4, 4, 2)), np.ones((1, 1, 2, 3)), np.ones(size)
    with pytest.raises(ValueError, match="bias has shape"):
        conv2d_channels_last(*tensors)


def test_weight_to_channels_last_rejects_a_kernel_without_channels():
    with pytest.raises(ValueError, match="weight has shape"):
        weight_to_channels_last(np.ones((3, 3)))


def test_comp_conv2d_rejects_an_image_with_channels():
    with pytest.raises(ValueError, match="x has shape"):
        comp_conv2d(np.ones((1, 4, 4)), np.ones((2, 2)))


# --- agreement


@given(weights(full_width))
def test_weight_to_channels_last_agrees_with_backend(backend, weight):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, weight_to_channels_last, weight)


@given(weights(full_width))
def test_weight_from_channels_last_agrees_with_backend(backend, weight):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, weight_from_channels_last, weight)


@given(channels_last_convolutions(full_width))
def test_conv2d_channels_last_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, conv2d_channels_last, *tensors, **options)


@given(single_convolutions(full_width))
def test_comp_conv2d_agrees_with_backend(backend, convolution):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = convolution
    agree(backend, comp_conv2d, *tensors, **options)
