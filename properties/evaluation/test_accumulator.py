"""The laws of reference/accumulator.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import fractions, ordinary, per_axis
from reference.evaluation.accumulator import accumulator

# --- strategies

STEPS = st.sampled_from([3, 2, 1, 4, 0, 5, 33, 65])


@st.composite
def metrics(draw, elements, steps=STEPS):
    """What is added to a few sums at each step."""
    (n,) = draw(per_axis(1, 0, 4))
    return draw(elements((draw(steps), n)))


# --- laws


@given(metrics(fractions))
def test_accumulator_round_trips(amounts):
    """y[t] − y[t − 1] = amounts[t]"""
    before = np.zeros((1, amounts.shape[1]), object)
    left = np.diff(accumulator(amounts), axis=0, prepend=before)
    assert_equal(left, amounts)


@given(metrics(fractions), st.integers(-3, 3))
def test_accumulator_is_additive(amounts, a):
    """y(a x + z) = a y(x) + y(z)"""
    other = amounts[::-1] * amounts
    left = accumulator(a * amounts + other)
    assert_equal(left, a * accumulator(amounts) + accumulator(other))


@given(metrics(fractions), st.integers(0, 5))
def test_accumulator_is_causal(amounts, t):
    """What is added later does not change a sum before"""
    assert_equal(accumulator(amounts)[:t], accumulator(amounts[:t]))


@given(metrics(fractions, st.integers(1, 5)), st.randoms(use_true_random=False))
def test_accumulator_total_is_invariant_under_permutations(amounts, random):
    """The last sum does not depend on the order of batches"""
    order = random.sample(range(len(amounts)), len(amounts))
    assert_equal(accumulator(amounts[order])[-1], accumulator(amounts)[-1])


@given(metrics(fractions))
def test_accumulator_gradient_sums_what_follows(amounts):
    """The adjoint of a running sum is a running sum from the end"""
    left = gradient(accumulator, [amounts], amounts)[0]
    assert_equal(left, accumulator(amounts[::-1])[::-1])


def test_accumulator_gives_ratios_of_sums():
    """1 of 1 right, then 1 of 3: 2 of 4 in all; the mean of the ratios is 2/3"""
    right, seen = accumulator(np.array([[1.0, 1.0], [1.0, 3.0]]))[-1]
    assert right / seen == 0.5


def test_accumulator_rejects_other_axes():
    """(steps, n)"""
    with pytest.raises(ValueError, match=r"amounts has shape \(3,\)"):
        accumulator(np.zeros(3))


# --- agreement


@given(metrics(ordinary))
def test_accumulator_agrees_with_backend(backend, amounts):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, accumulator, amounts)
