"""Gradients of quotients that underflow, told by the stored quotient, are in bounds."""

from functools import partial

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from properties.arithmetic.bounded import bounded
from properties.arithmetic.precision import promise
from properties.arithmetic.taped import gradient
from reference.classification.softmax import softmax

HALF = promise("torch", "cpu", "float16", "softmax", "gradient")


@given(st.integers(-17 * 64, -12 * 64), st.integers(1, 40), st.integers(-64, 64))
def test_the_gradient_of_a_stored_softmax_is_within_its_bound(low, others, weight):
    """float16(s) · (g − Σ g s), computed exactly from the stored s"""
    logits = np.array([low / 64, *[0.0] * others])
    weights = np.array([weight / 16, *[1.0] * others])
    powers = np.exp(logits)
    probs = (powers / powers.sum()).astype(np.float16).astype(np.float64)
    stored = (probs * (weights - (weights * probs).sum()))[0]

    (slopes,) = gradient(
        partial(softmax, dim=0), [bounded(logits, HALF)], bounded(weights, HALF)
    )
    slope = slopes[0]
    assert abs(stored - slope.value) <= slope.error
