"""The laws of reference/activations/logistic.py, then its agreement with the backends."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.strategies import full_width, per_axis, sixteenths
from reference.activations.logistic import sigmoid

arrays = per_axis(2, 1, 4).flatmap(sixteenths)


@given(arrays)
def test_sigmoid_of_minus_x_is_the_rest_of_one(x):
    """sigmoid(−x) = 1 − sigmoid(x)"""
    assert_equal(sigmoid(bounded(-x)), 1 - sigmoid(bounded(x)))


@given(arrays)
def test_sigmoid_odds_are_exponential(x):
    """sigmoid(x) / sigmoid(−x) = exp(x)"""
    left = sigmoid(bounded(x)) / sigmoid(bounded(-x))
    right = np.array([np.exp(number) for number in bounded(x).flat], left.dtype)
    assert_equal(left, right.reshape(x.shape))


@given(st.integers(0, 800), st.integers(0, 800))
def test_sigmoid_is_bounded_by_zero_and_one(x, y):
    """0 ≤ sigmoid(−x) ≤ 1/2 ≤ sigmoid(y) ≤ 1, at any size and without overflow"""
    low, high = sigmoid(np.array([-x, y], float))
    assert 0 <= low <= 0.5 <= high <= 1


def test_sigmoid_has_its_limits():
    """sigmoid(−∞) = 0, sigmoid(0) = 1/2, sigmoid(∞) = 1"""
    x = np.array([-np.inf, 0, np.inf])
    assert_equal(sigmoid(x), np.array([0, 0.5, 1]))


@given(per_axis(2, 1, 4).flatmap(full_width))
def test_sigmoid_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, sigmoid, x)
