"""The laws of reference/convolution_gradients.py, then its agreement."""

from functools import partial

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
    whole_numbers,
    windows,
)
from reference.convolution.convolution import conv2d
from reference.convolution.convolution_gradients import (
    conv2d_bias_gradient,
    conv2d_input_gradient,
    conv2d_weight_gradient,
    im2col_gradients,
)
from reference.convolution.convolution_matrix import convolution_matrix, fold, im2col
from reference.windows import output_size

# --- strategies


@st.composite
def backward_convolutions(draw, elements, *, most_groups=2):
    """An input, a weight, the gradient of their convolution, and its options."""
    groups, batch, channels, filters = draw(
        whole_numbers((1, most_groups), (1, 2), (1, 3), (1, 2))
    )
    options = draw(windows(2, room=2))
    limits = zip(*options.values())
    size, kernel_size = options.pop("size"), options.pop("kernel_size")
    places = [
        output_size(n, k, stride=s, padding=p, dilation=d) for n, k, s, p, d in limits
    ]
    x = draw(elements((batch, groups * channels, *size)))
    weight = draw(elements((groups * filters, channels, *kernel_size)))
    grad = draw(elements((batch, groups * filters, *places)))
    return (x, weight, grad), options | {"groups": groups}


@st.composite
def matrix_products(draw, elements):
    """Two matrices and the gradient of their product."""
    rows, between, columns = draw(per_axis(3, 1, 4))
    first, second = draw(elements((rows, between))), draw(elements((between, columns)))
    return first, second, draw(elements((rows, columns)))


def gradients_by_im2col(x, weight, grad, options):
    """The gradients of each image's columns, and of the unrolled weight."""
    unrolled = weight.reshape(len(weight), -1).T
    for image, g in zip(x, grad):
        columns = im2col(image, **options)
        yield im2col_gradients(columns, unrolled, g.reshape(len(g), -1).T)


# --- identities


@given(backward_convolutions(fractions, most_groups=1))
def test_conv2d_input_gradient_is_fold_of_the_columns_gradient(backward):
    """grad x = fold(grad y · Wᵀ), adding up where windows overlap"""
    (x, weight, grad), options = backward
    actual = conv2d_input_gradient(weight, grad, input_size=x.shape, **options)
    options.pop("groups")
    options["kernel_size"] = weight.shape[2:]
    columns = [grads[0].T for grads in gradients_by_im2col(x, weight, grad, options)]
    expected = fold(np.stack(columns), output_size=x.shape[2:], **options)
    assert_equal(actual, expected)


@given(backward_convolutions(fractions, most_groups=1))
def test_conv2d_weight_gradient_is_the_im2col_gradient(backward):
    """grad W = Σ_n  im2col(x[n])ᵀ · grad y[n]"""
    (x, weight, grad), options = backward
    actual = conv2d_weight_gradient(x, grad, weight_size=weight.shape, **options)
    options.pop("groups")
    options["kernel_size"] = weight.shape[2:]
    expected = sum(grads[1] for grads in gradients_by_im2col(x, weight, grad, options))
    assert_equal(actual.reshape(len(weight), -1).T, expected)


@given(backward_convolutions(fractions, most_groups=1))
def test_conv2d_input_gradient_is_the_transposed_matrix(backward):
    """flat grad x = Cᵀ · flat grad y, for one channel and one filter"""
    (x, weight, grad), options = backward
    x, weight, grad = x[:1, :1], weight[:1, :1], grad[:1, :1]
    actual = conv2d_input_gradient(weight, grad, input_size=x.shape, **options)
    options.pop("groups")
    matrix = convolution_matrix(weight[0, 0], input_size=x.shape[2:], **options)
    assert_equal(actual.ravel(), matrix.T @ grad.ravel())


@given(backward_convolutions(fractions, most_groups=1))
def test_conv2d_weight_gradient_is_a_convolution_with_stride_and_dilation_swapped(
    backward,
):
    """grad W = x ⋆ grad y with stride and dilation swapped, batch and channels too"""
    (x, weight, grad), options = backward
    actual = conv2d_weight_gradient(x, grad, weight_size=weight.shape, **options)
    swapped = {
        "stride": options["dilation"],
        "padding": options["padding"],
        "dilation": options["stride"],
    }
    y = conv2d(x.swapaxes(0, 1), grad.swapaxes(0, 1), **swapped)
    height, width = weight.shape[2:]
    assert_equal(actual, y[:, :, :height, :width].swapaxes(0, 1))


@given(backward_convolutions(fractions))
def test_conv2d_bias_gradient_sums_each_channel(backward):
    """grad b = Σ grad y over batch, height and width"""
    (_, _, grad), _ = backward
    assert_equal(conv2d_bias_gradient(grad), grad.sum(axis=(0, 2, 3)))


# --- algebra


@given(backward_convolutions(fractions))
def test_conv2d_input_gradient_is_adjoint_to_conv2d(backward):
    """⟨conv2d(x, w), g⟩ = ⟨x, input gradient(w, g)⟩"""
    (x, weight, grad), options = backward
    back = conv2d_input_gradient(weight, grad, input_size=x.shape, **options)
    assert (conv2d(x, weight, **options) * grad).sum() == (x * back).sum()


@given(backward_convolutions(fractions))
def test_conv2d_weight_gradient_is_adjoint_to_conv2d(backward):
    """⟨conv2d(x, w), g⟩ = ⟨w, weight gradient(x, g)⟩"""
    (x, weight, grad), options = backward
    back = conv2d_weight_gradient(x, grad, weight_size=weight.shape, **options)
    assert (conv2d(x, weight, **options) * grad).sum() == (weight * back).sum()


@given(backward_convolutions(fractions), st.integers(-3, 3))
def test_conv2d_input_gradient_is_linear_in_the_gradient(backward, a):
    """G(w, a · g + g') = a · G(w, g) + G(w, g')"""
    (x, weight, grad), options = backward
    options["input_size"] = x.shape
    other = np.flip(grad)
    left = conv2d_input_gradient(weight, a * grad + other, **options)
    right = a * conv2d_input_gradient(weight, grad, **options)
    assert_equal(left, right + conv2d_input_gradient(weight, other, **options))


@given(backward_convolutions(fractions))
def test_conv2d_weight_gradient_is_additive_over_the_batch(backward):
    """grad W = Σ_n  grad W of image n alone"""
    (x, weight, grad), options = backward
    options["weight_size"] = weight.shape
    each = [
        conv2d_weight_gradient(x[n : n + 1], grad[n : n + 1], **options)
        for n in range(len(x))
    ]
    assert_equal(conv2d_weight_gradient(x, grad, **options), sum(each))


# --- special cases


def test_conv2d_input_gradient_adds_where_windows_overlap():
    """Two windows of ones that share a pixel: it gets both gradients."""
    weight, grad = np.ones((1, 1, 1, 2)), np.array([[[[1.0, 10.0]]]])
    actual = conv2d_input_gradient(weight, grad, input_size=(1, 1, 1, 3))
    assert_equal(actual, np.array([[[[1.0, 11.0, 10.0]]]]))


# --- gradients


@given(backward_convolutions(fractions))
def test_conv2d_input_gradient_is_the_gradient_of_conv2d(backward):
    """∂ ⟨conv2d(x, w), g⟩ / ∂ x, as the tape finds it"""
    (x, weight, grad), options = backward
    expected, _ = gradient(partial(conv2d, **options), [x, weight], grad)
    actual = conv2d_input_gradient(weight, grad, input_size=x.shape, **options)
    assert_equal(actual, expected)


@given(backward_convolutions(fractions))
def test_conv2d_weight_gradient_is_the_gradient_of_conv2d(backward):
    """∂ ⟨conv2d(x, w), g⟩ / ∂ w, as the tape finds it"""
    (x, weight, grad), options = backward
    _, expected = gradient(partial(conv2d, **options), [x, weight], grad)
    actual = conv2d_weight_gradient(x, grad, weight_size=weight.shape, **options)
    assert_equal(actual, expected)


@given(backward_convolutions(fractions))
def test_conv2d_bias_gradient_is_the_gradient_of_conv2d(backward):
    """∂ ⟨conv2d(x, w, b), g⟩ / ∂ b, whatever x and w and b are"""
    (x, weight, grad), options = backward
    bias = weight[:, 0, 0, 0]
    expected = gradient(partial(conv2d, **options), [x, weight, bias], grad)[2]
    assert_equal(conv2d_bias_gradient(grad), expected)


@given(matrix_products(fractions))
def test_im2col_gradients_are_the_gradients_of_the_product(factors):
    """∂ ⟨columns · weight, g⟩ by either factor, as the tape finds them"""
    columns, weight, grad = factors
    expected = gradient(np.matmul, [columns, weight], grad)
    for left, right in zip(im2col_gradients(columns, weight, grad), expected):
        assert_equal(left, right)


# --- errors


def test_conv2d_input_gradient_rejects_a_gradient_of_another_size():
    with pytest.raises(ValueError, match="grad_output has shape"):
        conv2d_input_gradient(
            np.ones((1, 1, 2, 2)), np.ones((1, 1, 2, 2)), input_size=(1, 1, 4, 4)
        )


def test_conv2d_input_gradient_rejects_a_size_without_batch():
    with pytest.raises(ValueError, match="input_size is"):
        conv2d_input_gradient(
            np.ones((1, 1, 2, 2)), np.ones((1, 1, 2, 2)), input_size=(1, 3, 3)
        )


def test_conv2d_weight_gradient_rejects_other_channels():
    with pytest.raises(ValueError, match="filters have 1 channels"):
        conv2d_weight_gradient(
            np.ones((1, 2, 3, 3)), np.ones((1, 1, 2, 2)), weight_size=(1, 1, 2, 2)
        )


@pytest.mark.parametrize(
    ("option", "number"),
    [("stride", 0), ("padding", -1), ("dilation", 0), ("input_size", (1, 1, 0, 1))],
)
def test_conv2d_input_gradient_rejects_numbers(option, number):
    one = np.ones((1, 1, 1, 1))
    options = {"input_size": (1, 1, 1, 1), option: number}
    with pytest.raises(ValueError, match=rf"{option} is .*{number}"):
        conv2d_input_gradient(one, one, **options)


def test_conv2d_weight_gradient_rejects_a_size_without_columns():
    one = np.ones((1, 1, 1, 1))
    with pytest.raises(ValueError, match="weight_size is"):
        conv2d_weight_gradient(one, one, weight_size=(1, 1, 1, 0))


def test_im2col_gradients_rejects_factors_that_do_not_fit():
    with pytest.raises(ValueError, match="is not"):
        im2col_gradients(np.ones((4, 3)), np.ones((2, 5)), np.ones((4, 5)))


# --- agreement


@given(backward_convolutions(full_width))
def test_conv2d_input_gradient_agrees_with_backend(backend, backward):
    """The backend is as close to the definition as its precision promises."""
    (x, weight, grad), options = backward
    options["input_size"] = x.shape
    agree(backend, conv2d_input_gradient, weight, grad, **options)


@given(backward_convolutions(full_width))
def test_conv2d_weight_gradient_agrees_with_backend(backend, backward):
    """The backend is as close to the definition as its precision promises."""
    (x, weight, grad), options = backward
    options["weight_size"] = weight.shape
    agree(backend, conv2d_weight_gradient, x, grad, **options)


@given(backward_convolutions(full_width))
def test_conv2d_bias_gradient_agrees_with_backend(backend, backward):
    """The backend is as close to the definition as its precision promises."""
    (_, _, grad), _ = backward
    agree(backend, conv2d_bias_gradient, grad)


@given(matrix_products(full_width))
def test_im2col_gradients_agrees_with_backend(backend, factors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, im2col_gradients, *factors)
