"""The laws of reference/convolution_gradients.py, then its agreement."""

from fractions import Fraction
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
from reference.convolution import conv2d
from reference.convolution_gradients import (
    conv2d_bias_gradient,
    conv2d_input_gradient,
    conv2d_weight_gradient,
    im2col_gradients,
    learn_kernel,
    sgd_step,
)
from reference.convolution_matrix import convolution_matrix, fold, im2col
from reference.cross_correlation import cross_correlate
from reference.windows import output_size

# --- strategies


@st.composite
def backward_convolutions(draw, elements, *, most_groups=2):
    """An input, a weight, the gradient of their convolution, and its options."""
    groups, batch, channels, filters = draw(
        whole_numbers((1, most_groups), (1, 2), (1, 2), (1, 2))
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


@st.composite
def weights_and_gradients(draw, elements):
    """A weight and its gradient."""
    shape = draw(per_axis(2, 1, 4))
    return draw(elements(shape)), draw(elements(shape))


@st.composite
def kernels_to_learn(draw, elements):
    """A signal or an image, the kernel to find, one to start from."""
    (axes,) = draw(whole_numbers((1, 2)))
    kernel_size, room = draw(per_axis(axes, 1, 2)), draw(per_axis(axes, 0, 2))
    x = draw(elements(tuple(map(sum, zip(kernel_size, room)))))
    return x, draw(elements(kernel_size)), draw(elements(kernel_size))


@st.composite
def learning_problems(draw, elements):
    """A signal or an image, what to make of it, the kernel to start from."""
    (axes,) = draw(whole_numbers((1, 2)))
    kernel_size, room = draw(per_axis(axes, 1, 2)), draw(per_axis(axes, 0, 2))
    x = draw(elements(tuple(map(sum, zip(kernel_size, room)))))
    y = draw(elements(tuple(n + 1 for n in room)))
    return x, y, draw(elements(kernel_size))


def halves(shape):
    """Numbers with all their bits, up to ½: float16 holds what is learned from them."""
    return full_width(shape, extremes=False).map(lambda x: x / 128)


def learning_rates():
    return st.sampled_from([1.0, 0.5, 0.1, 0.001, 0.0])


def windows_of(x, kernel):
    """The matrix M with flat(x ⋆ kernel) = M · flat kernel."""
    return im2col(x[None], kernel_size=kernel.shape)


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


@given(fractions((3, 2)), fractions((3, 2)), fractions((2,)))
def test_sgd_step_is_additive_in_the_learning_rate(weight, grad, rates):
    """Two steps down one gradient are one step with the sum of their rates."""
    first, second = rates
    left = sgd_step(sgd_step(weight, grad, lr=first), grad, lr=second)
    assert_equal(left, sgd_step(weight, grad, lr=first + second))


@given(fractions((3, 2)), fractions((2, 3, 2)), fractions(()))
def test_sgd_step_is_additive_in_the_gradient(weight, grads, lr):
    """w − lr · (g + g') = (w − lr · g) − lr · g'"""
    left = sgd_step(weight, grads[0] + grads[1], lr=lr)
    right = sgd_step(sgd_step(weight, grads[0], lr=lr), grads[1], lr=lr)
    assert_equal(left, right)


@given(kernels_to_learn(fractions), fractions(()))
def test_learn_kernel_multiplies_the_error_by_a_matrix(example, lr):
    """k[t + 1] − k = (1 − lr · 2/n · Mᵀ · M) · (k[t] − k), where y = x ⋆ k = M · k"""
    x, true, start = example
    y = cross_correlate(x, true)
    kernels, _ = learn_kernel(x, y, start, lr=lr, steps=2)
    m = windows_of(x, true)
    curvature = m.T @ m * Fraction(2, y.size)
    errors = (kernels - true).reshape(3, -1)
    assert_equal(errors[1:], errors[:-1] - lr * errors[:-1] @ curvature)


@given(kernels_to_learn(fractions), st.integers(1, 8))
def test_learn_kernel_is_monotone_in_the_steps(example, share):
    """losses[t + 1] ≤ losses[t] for lr ≤ 2 / λ, λ the largest curvature

    λ ≤ trace(2/n · Mᵀ · M), so lr = 2 / trace is small enough.
    """
    x, true, start = example
    y = cross_correlate(x, true)
    trace = (windows_of(x, true) ** 2).sum() * Fraction(2, y.size)
    lr = Fraction(share, 8) * 2 / trace if trace else Fraction(1)
    _, losses = learn_kernel(x, y, start, lr=lr, steps=3)
    assert all(losses[1:] <= losses[:-1])


# --- special cases


@given(fractions((3, 2)), fractions((3, 2)))
def test_sgd_step_has_identity_rate_zero(weight, grad):
    """w − 0 · g = w"""
    assert_equal(sgd_step(weight, grad, lr=0), weight)


@given(kernels_to_learn(fractions), fractions(()))
def test_learn_kernel_stays_at_the_kernel(example, lr):
    """From the true kernel: no loss, and no step away from it."""
    x, true, _ = example
    y = cross_correlate(x, true)
    kernels, losses = learn_kernel(x, y, true, lr=lr, steps=2)
    assert_equal(kernels, np.stack([true] * 3))
    assert_equal(losses, np.zeros(3, object))


@given(fractions((3,)), fractions((3,)))
def test_learn_kernel_needs_one_step_where_windows_are_orthonormal(true, start):
    """An impulse meets each tap once: Mᵀ · M = 1, and lr = n/2 goes all the way."""
    x = np.array([0, 0, 1, 0, 0], object)
    lr = Fraction(3, 2)
    kernels, losses = learn_kernel(x, cross_correlate(x, true), start, lr=lr, steps=1)
    assert_equal(kernels[1], true)
    assert losses[1] == 0


def test_learn_kernel_finds_the_edge_detector():
    """The book's image, white, black and white again, and its kernel [1, −1]."""
    x = np.full((6, 8), Fraction(1))
    x[:, 2:6] = Fraction(0)
    true, start = np.array([[1, -1]], object), np.array([[0, 0]], object)
    lr = Fraction(3, 100) * 42  # the book adds up 42 squared errors
    _, losses = learn_kernel(x, cross_correlate(x, true), start, lr=lr, steps=10)
    assert all(losses[1:] < losses[:-1])
    assert losses[-1] < losses[0] / 1000


def test_learn_kernel_diverges_at_a_learning_rate_too_large():
    """lr > 2 / λ: an impulse has λ = 2/n, and each step overshoots."""
    x, true, start = (np.array(k, object) for k in ([0, 1, 0], [1, 2], [0, 0]))
    _, losses = learn_kernel(x, cross_correlate(x, true), start, lr=3, steps=3)
    assert all(losses[1:] == 4 * losses[:-1])


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


@given(learning_problems(fractions), fractions(()))
def test_learn_kernel_goes_down_the_gradient_of_its_loss(problem, lr):
    """k[1] = k[0] − lr · ∂ losses[0] / ∂ k[0]"""
    x, y, start = problem
    kernels, _ = learn_kernel(x, y, start, lr=lr, steps=1)

    def loss(kernel):
        return learn_kernel(x, y, kernel, lr=lr, steps=0)[1]

    (slope,) = gradient(loss, [start], np.ones(1, int))
    assert_equal(kernels[1], sgd_step(start, slope, lr=lr))


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


def test_im2col_gradients_rejects_factors_that_do_not_fit():
    with pytest.raises(ValueError, match="is not"):
        im2col_gradients(np.ones((4, 3)), np.ones((2, 5)), np.ones((4, 5)))


def test_sgd_step_rejects_a_gradient_of_another_shape():
    with pytest.raises(ValueError, match="weight has shape"):
        sgd_step(np.ones(3), np.ones(1), lr=1)


def test_learn_kernel_rejects_a_result_of_another_size():
    with pytest.raises(ValueError, match="y has shape"):
        learn_kernel(np.ones(3), np.ones(1), np.ones(2), lr=1, steps=1)


def test_learn_kernel_rejects_fewer_than_no_steps():
    with pytest.raises(ValueError, match="steps is -1"):
        learn_kernel(np.ones(3), np.ones(2), np.ones(2), lr=1, steps=-1)


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


@given(weights_and_gradients(full_width), learning_rates())
def test_sgd_step_agrees_with_backend(backend, tensors, lr):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, sgd_step, *tensors, lr=lr)


@given(
    learning_problems(halves),
    learning_rates(),
    st.integers(0, 2),
)
def test_learn_kernel_agrees_with_backend(backend, problem, lr, steps):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, learn_kernel, *problem, lr=lr, steps=steps)
