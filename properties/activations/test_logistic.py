"""The laws of reference/activations/logistic.py, then its agreement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import full_width, per_axis, sixteenths, with_non_finite
from reference.activations.logistic import sigmoid, tanh

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


@given(arrays)
def test_sigmoid_gradient_is_of_its_value(x):
    """sigmoid′(x) = s · (1 − s),  s = sigmoid(x)"""
    (slope,) = gradient(sigmoid, [bounded(x)], bounded(np.ones(x.shape)))
    s = sigmoid(bounded(x))
    assert_equal(slope, s * (1 - s))


@given(arrays)
def test_tanh_is_odd(x):
    """tanh(−x) = −tanh(x)"""
    assert_equal(tanh(bounded(-x)), -tanh(bounded(x)))


@given(arrays)
def test_tanh_is_a_stretched_sigmoid(x):
    """tanh(x) = 2 · sigmoid(2x) − 1"""
    assert_equal(tanh(bounded(x)), 2 * sigmoid(bounded(2 * x)) - 1)


@given(st.floats(-1e300, 1e300))
def test_tanh_is_bounded_by_one(x):
    """|tanh(x)| ≤ 1, and less where x is small"""
    (y,) = tanh(np.array([x]))
    assert abs(y) <= 1
    assert abs(y) < 1 or abs(x) > 18


@given(arrays)
def test_tanh_gradient_is_of_its_value(x):
    """tanh′(x) = 1 − tanh(x)²"""
    (slope,) = gradient(tanh, [bounded(x)], bounded(np.ones(x.shape)))
    y = tanh(bounded(x))
    assert_equal(slope, 1 - y * y)


ROWS = st.one_of(per_axis(2, 1, 4), st.sampled_from([(33,), (65,), (3, 33)]))


@given(ROWS.flatmap(full_width))
def test_tanh_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, tanh, x)


@pytest.mark.parametrize("function", [sigmoid, tanh])
@given(ROWS.flatmap(with_non_finite))
def test_tanh_and_sigmoid_of_non_finite_numbers_agree(backend, function, x):
    """NaN is of NaN; infinities give the limits."""
    agree(backend, function, x, constant=("input",))


@given(ROWS.flatmap(full_width))
def test_sigmoid_agrees_with_backend(backend, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, sigmoid, x)
