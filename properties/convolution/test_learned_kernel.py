"""The laws of reference/learned_kernel.py, then its agreement."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import fractions, full_width, per_axis, whole_numbers
from reference.convolution.convolution_matrix import im2col
from reference.convolution.cross_correlation import cross_correlate
from reference.convolution.learned_kernel import learn_kernel, sgd_step

# --- strategies


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


# --- algebra


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


# --- gradients


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


def test_sgd_step_rejects_a_gradient_of_another_shape():
    with pytest.raises(ValueError, match="weight has shape"):
        sgd_step(np.ones(3), np.ones(1), lr=1)


def test_learn_kernel_rejects_a_result_of_another_size():
    for size in (1, 3):
        with pytest.raises(ValueError, match="y has shape"):
            learn_kernel(np.ones(3), np.ones(size), np.ones(2), lr=1, steps=1)


def test_learn_kernel_rejects_fewer_than_no_steps():
    with pytest.raises(ValueError, match="steps is -1"):
        learn_kernel(np.ones(3), np.ones(2), np.ones(2), lr=1, steps=-1)


# --- agreement


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
