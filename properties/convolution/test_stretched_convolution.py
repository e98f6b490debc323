"""The laws of reference/stretched_convolution.py, then its agreement."""

import numpy as np
import pytest
from hypothesis import given

from properties.agreement import agree, assert_equal
from properties.convolution.test_transposed_convolution import (
    pictures,
    transposed_convolutions,
)
from properties.strategies import fractions, full_width, per_axis
from reference.convolution.stretched_convolution import (
    transposed_convolution_by_convolution,
    zero_insert,
)
from reference.convolution.transposed_convolution import (
    conv_transpose2d,
    conv_transpose3d,
)

# --- identities


@given(transposed_convolutions(fractions))
def test_transposed_convolution_by_convolution_is_conv_transpose2d(transposed):
    """convT(x, w) = conv(pad(zero_insert(x)), flip(w) with in and out exchanged)"""
    tensors, options = transposed
    left = conv_transpose2d(*tensors, **options)
    assert_equal(left, transposed_convolution_by_convolution(*tensors, **options))


@pytest.mark.parametrize("stride", [1, 2])
def test_transposed_convolution_by_convolution_of_rows(stride):
    """A signal is an image of one row"""
    x, weight = np.arange(1.0, 7).reshape(1, 2, 3), np.arange(8.0).reshape(2, 1, 4)
    left = transposed_convolution_by_convolution(x, weight, stride=stride)
    rows = x[:, :, None], weight[:, :, None]
    assert_equal(left, conv_transpose2d(*rows, stride=(1, stride))[:, :, 0])


@pytest.mark.parametrize("stride", [1, (1, 2, 3)])
def test_transposed_convolution_by_convolution_of_volumes(stride):
    """convT(x, w) on three axes"""
    x, weight = (
        np.arange(8.0).reshape(1, 1, 2, 2, 2),
        np.arange(3.0).reshape(1, 1, 1, 1, 3),
    )
    left = transposed_convolution_by_convolution(x, weight, stride=stride)
    assert_equal(left, conv_transpose3d(x, weight, stride=stride))


def test_transposed_convolution_by_convolution_of_many_channels():
    """1 · 1 of each of 300 channels"""
    x, weight = np.ones((1, 300, 1)), np.ones((300, 1, 1))
    left = transposed_convolution_by_convolution(x, weight)
    assert_equal(left, np.full((1, 1, 1), 300.0))


@given(pictures, per_axis(2, 1, 3))
def test_zero_insert_is_conv_transpose2d_with_a_kernel_of_one(x, stride):
    """convT(x, [1], stride = s) = zero_insert(x, s)"""
    left = conv_transpose2d(x, np.ones((1, 1, 1, 1)), stride=stride)
    assert_equal(left, zero_insert(x, stride=stride))


@given(pictures, per_axis(2, 1, 3))
def test_zero_insert_round_trips(x, stride):
    """zero_insert(x, s)[::s] = x, and Σ zero_insert(x) = Σ x"""
    y = zero_insert(x, stride=stride)
    assert_equal(y[:, :, :: stride[0], :: stride[1]], x)
    assert y.sum() == x.sum()


@given(pictures, per_axis(2, 1, 3), per_axis(2, 1, 3))
def test_zero_insert_composes(x, first, second):
    """zero_insert(zero_insert(x, a), b) = zero_insert(x, a · b)"""
    left = zero_insert(zero_insert(x, stride=first), stride=second)
    assert_equal(left, zero_insert(x, stride=np.multiply(first, second).tolist()))


# --- errors


def test_zero_insert_rejects_an_empty_image():
    with pytest.raises(ValueError, match="axis 3 of input is 0; it must be at least 1"):
        zero_insert(np.zeros((1, 1, 2, 0)), stride=2)


@pytest.mark.parametrize(("option", "least"), [("dilation", 1), ("output_padding", 0)])
def test_transposed_convolution_by_convolution_rejects_numbers(option, least):
    x = np.ones((1, 1, 3))
    with pytest.raises(ValueError, match=f"{option} is {least - 1}"):
        transposed_convolution_by_convolution(x, x, **{option: least - 1})


# --- agreement


@given(transposed_convolutions(full_width))
def test_transposed_convolution_by_convolution_agrees_with_backend(backend, transposed):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = transposed
    agree(backend, transposed_convolution_by_convolution, *tensors, **options)


@given(per_axis(2, 1, 4).flatmap(lambda n: full_width((2, 2, *n))), per_axis(2, 1, 3))
def test_zero_insert_agrees_with_backend(backend, x, stride):
    """The backend puts the same pixel in the same place."""
    agree(backend, zero_insert, x, stride=stride)
