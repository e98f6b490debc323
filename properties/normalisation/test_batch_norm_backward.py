"""The laws of reference/batch_norm_backward.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.normalisation.strategies import features, normalizations
from properties.operations import ways
from properties.strategies import ordinary, sixteenths
from reference.normalisation.batch_norm import batch_norm
from reference.normalisation.batch_norm_backward import batch_norm_backward

EVERY = ("grad", "input", "running_mean", "running_var", "weight")


def backward(grad, x, weight=None, *, eps=1e-5):
    return batch_norm_backward(
        bounded(grad), bounded(x), None, None, weight, training=True, eps=eps
    )


@st.composite
def backwards(draw, elements=ordinary):
    """What normalizations take, with the gradient of what they give."""
    (x, *running, weight, _), options = draw(normalizations(elements))
    return (draw(elements(x.shape)), x, *running, weight), options


# --- identities


@given(backwards(sixteenths))
def test_batch_norm_backward_is_the_gradient_of_batch_norm(example):
    """∂input, ∂weight and ∂bias are what the tape says of batch_norm"""
    (grad, x, *running, weight), options = example
    affine = [np.ones(x.shape[1]) if weight is None else weight, np.zeros(x.shape[1])]

    def normalize(x, *affine):
        return batch_norm(x, *running, *affine, **options)

    tensors = [bounded(tensor) for tensor in (x, *affine)]
    expected = gradient(normalize, tensors, bounded(grad))
    actual = batch_norm_backward(
        bounded(grad), tensors[0], *running, tensors[1], **options
    )
    for left, right in zip(actual, expected):
        assert_equal(left, right)


# --- algebra


@given(features(sixteenths), st.integers(-8, 8))
def test_batch_norm_backward_is_linear_in_the_gradient(x, a):
    """backward(a · g + h) = a · backward(g) + backward(h)"""
    g, h = np.flip(x, 0), np.roll(x, 1, 0)
    both = zip(backward(a * g + h, x), backward(g, x), backward(h, x))
    for left, one, other in both:
        assert_equal(left, a * one + other)


@given(features(sixteenths))
def test_batch_norm_backward_of_a_constant_gradient_is_zero(x):
    """g = 1  ⇒  ∂input = 0 and ∂weight = 0, ∂bias = batch: a shift is lost"""
    grad_input, grad_weight, grad_bias = backward(np.ones(x.shape), x)
    assert_equal(grad_input, np.zeros(x.shape))
    assert_equal(grad_weight, np.zeros(x.shape[1]))
    assert_equal(grad_bias, np.full(x.shape[1], float(len(x))))


@given(features(sixteenths))
def test_batch_norm_backward_sums_to_zero_over_the_batch(x):
    """Σ_n ∂input[n, c] = 0"""
    grad_input, _, _ = backward(np.flip(x, 0), x)
    assert_equal(sum(grad_input), np.zeros(x.shape[1]))


# --- special cases


def test_batch_norm_backward_of_two_samples_is_nothing():
    """Two samples are normalized to −1 and 1, whatever they are (as eps → 0)"""
    grad, x = np.array([[1.0], [5.0]]), np.array([[0.0], [2.0]])
    grad_input, grad_weight, _ = backward(grad, x, eps=2.0**-900)
    assert_equal(grad_input, np.zeros((2, 1)))
    assert_equal(grad_weight, np.array([4.0]))


# --- errors


@pytest.mark.parametrize(
    ("problem", "grad", "options"),
    [
        ("grad has", (2, 2), {"training": True, "eps": 1.0}),
        ("eps is", (2, 3), {"training": True, "eps": 0.0}),
        ("neither may be None", (2, 3), {"training": False, "eps": 1.0}),
    ],
)
def test_batch_norm_backward_rejects_what_does_not_fit(problem, grad, options):
    with pytest.raises(ValueError, match=problem):
        batch_norm_backward(np.ones(grad), np.ones((2, 3)), None, None, None, **options)


# --- agreement


@pytest.mark.parametrize("way", ways("batch_norm_backward"))
@given(backwards())
def test_batch_norm_backward_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, batch_norm_backward, *tensors, constant=EVERY, way=way, **options)
