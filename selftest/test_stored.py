"""Gradients that torch computes of what it stored are within their bounds."""

from functools import partial

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from properties.arithmetic.bounded import bounded
from properties.arithmetic.precision import promise
from properties.arithmetic.taped import gradient
from reference.classification.softmax import softmax
from reference.losses.regression import mse_loss
from reference.tensors.pointwise import elementwise

SOFTMAX = promise("torch", "cpu", "float16", "softmax", "gradient")
MSE = promise("torch", "cpu", "float16", "mse_loss", "gradient")
EXPM1 = promise("torch", "cpu", "float16", "elementwise", "gradient")


@given(st.integers(-17 * 64, -12 * 64), st.integers(1, 40), st.integers(-64, 64))
def test_the_gradient_of_a_stored_softmax_is_within_its_bound(low, others, weight):
    """float16(s) · (g − Σ g s), computed exactly from the stored s"""
    logits = np.array([low / 64, *[0.0] * others])
    weights = np.array([weight / 16, *[1.0] * others])
    powers = np.exp(logits)
    probs = (powers / powers.sum()).astype(np.float16).astype(np.float64)
    stored = (probs * (weights - (weights * probs).sum()))[0]

    (slopes,) = gradient(
        partial(softmax, dim=0), [bounded(logits, SOFTMAX)], bounded(weights, SOFTMAX)
    )
    slope = slopes[0]
    assert abs(stored - slope.value) <= slope.error


@given(
    st.integers(-(2**11), 2**11),
    st.integers(-24, -10),
    st.integers(1, 1300),
    st.floats(-8, 8, width=16, exclude_min=True, exclude_max=True),
)
def test_the_gradient_of_a_mean_square_that_is_scaled_last_is_within_its_bound(
    significand, exponent, count, weight
):
    """float16(float16(2 / n · x) · g): float16(2 / n · x) may be subnormal"""
    x = np.zeros(count)
    x[0] = np.float16(significand / 2**11 * 2.0**exponent)
    slope = np.float16(2 / count) * np.float16(x[0])
    stored = slope * np.float16(weight)

    weights = bounded(np.array(weight), MSE)
    slopes, _ = gradient(
        mse_loss, [bounded(x, MSE), bounded(np.zeros(count), MSE)], weights
    )
    assert abs(float(stored) - slopes[0].value) <= slopes[0].error


@example(7.6953125, 7.58203125)
@given(st.floats(0, 8, width=16), st.floats(-8, 8, width=16))
def test_the_gradient_of_a_stored_expm1_is_within_its_bound(x, weight):
    """float16(float16(float16(expm1(x)) + 1) · g)"""
    stored = (np.float16(np.expm1(x)) + np.float16(1)) * np.float16(weight)
    (slopes,) = gradient(
        partial(elementwise, function="expm1"),
        [bounded(np.array(x), EXPM1)],
        bounded(np.array(weight), EXPM1),
    )
    slope = slopes[()]
    assert abs(float(stored) - slope.value) <= slope.error
