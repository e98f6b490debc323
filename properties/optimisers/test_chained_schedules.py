"""The laws of reference/optimisers/chained_schedules.py, then its agreement."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.operations import ways
from properties.optimisers.strategies import shares
from properties.optimisers.test_schedules import (
    ENDS,
    FACTORS,
    LEAST,
    close_starts,
    exact_starts,
    lengths,
    periods,
    starts,
)
from properties.strategies import whole_numbers
from reference.optimisers.chained_schedules import (
    chained_cosine_annealing_lr,
    chained_linear_lr,
    chained_polynomial_lr,
    warmup_cosine_lr,
)
from reference.optimisers.schedules import (
    cosine_annealing_lr,
    linear_lr,
    polynomial_lr,
)

# --- identities


@given(exact_starts, shares, shares, periods, lengths)
def test_chained_linear_lr_is_linear_lr(lr, start, end, total, steps):
    """Each rate made of the one before = the closed form, exactly"""
    options = {"start_factor": start, "end_factor": end, "total_iters": total}
    left = chained_linear_lr(lr, steps=steps, **options)
    assert_equal(left, linear_lr(lr, steps=steps, **options))


@given(close_starts, periods, st.sampled_from([1, 2, 3]), lengths)
def test_chained_polynomial_lr_is_polynomial_lr(lr, total, power, steps):
    """Each rate made of the one before = the closed form"""
    options = {"total_iters": total, "power": power, "steps": steps}
    left = chained_polynomial_lr(bounded(lr), **options)
    assert_equal(left, polynomial_lr(bounded(lr), **options))


@given(close_starts, periods, st.sampled_from([0.0, 0.25]), lengths)
def test_chained_cosine_annealing_lr_is_cosine_annealing_lr(lr, period, least, steps):
    """Each rate made of the one before = the closed form, beyond T_max too"""
    options = {"T_max": period, "eta_min": least, "steps": steps}
    left = chained_cosine_annealing_lr(bounded(lr), **options)
    assert_equal(left, cosine_annealing_lr(bounded(lr), **options))


@given(close_starts, periods, lengths)
def test_warmup_cosine_lr_is_a_line_and_then_a_cosine(lr, period, steps):
    """η[warmup + t] = cosine[t]"""
    options = {"T_max": period, "eta_min": 0.5}
    left = warmup_cosine_lr(
        bounded(lr), warmup=3, start_factor=0.5, steps=steps + 3, **options
    )
    line = linear_lr(bounded(lr), start_factor=0.5, total_iters=3, steps=3)
    assert_equal(left[:3], line)
    assert_equal(left[3:], cosine_annealing_lr(bounded(lr), steps=steps, **options))


@pytest.mark.parametrize("period", [1, 300])
def test_chained_cosine_annealing_lr_rises_after_its_lowest(period):
    """η[T] = 0, and η[T + 1] = (1 − cos(π / T)) / 2"""
    rates = chained_cosine_annealing_lr(np.ones(1), T_max=period, steps=period + 2)
    rises = (1 - math.cos(math.pi / period)) / 2
    assert abs(rates[period + 1, 0] - rises) < 1e-12


# --- errors


@pytest.mark.parametrize(
    ("schedule", "options", "message"),
    [
        (chained_linear_lr, {"start_factor": 0.0}, "start_factor is 0.0"),
        (chained_linear_lr, {"total_iters": 0}, "total_iters is 0"),
        (chained_polynomial_lr, {"power": -1}, "power is -1"),
        (chained_polynomial_lr, {"steps": -1}, "steps is -1"),
        (chained_cosine_annealing_lr, {"T_max": 0}, "T_max is 0"),
        (warmup_cosine_lr, {"warmup": 0, "start_factor": 1, "T_max": 1}, "warmup is 0"),
    ],
)
def test_chained_schedules_reject_options(schedule, options, message):
    with pytest.raises(ValueError, match=message):
        schedule(np.ones(1), **{"steps": 3} | options)


# --- agreement


@pytest.mark.parametrize("way", ways("chained_linear_lr"))
@given(starts, FACTORS, ENDS, periods, lengths)
def test_chained_linear_lr_agrees_with_backend(
    backend, way, lr, start, end, total, steps
):
    """The backend is as close to the definition as its precision promises."""
    options = {"start_factor": start, "end_factor": end, "total_iters": total}
    options["steps"] = steps
    agree(backend, chained_linear_lr, lr, constant=("lr",), way=way, **options)


@pytest.mark.parametrize("way", ways("chained_polynomial_lr"))
@given(starts, periods, st.sampled_from([1.0, 2.0, 0.5, 1.5]), lengths)
def test_chained_polynomial_lr_agrees_with_backend(
    backend, way, lr, total, power, steps
):
    """The backend is as close to the definition as its precision promises."""
    options = {"total_iters": total, "power": power, "steps": steps}
    agree(backend, chained_polynomial_lr, lr, constant=("lr",), way=way, **options)


@pytest.mark.parametrize("way", ways("chained_cosine_annealing_lr"))
@given(starts, periods, LEAST, lengths)
def test_chained_cosine_annealing_lr_agrees_with_backend(
    backend, way, lr, T_max, eta_min, steps
):
    """The backend is as close to the definition as its precision promises."""
    options = {"T_max": T_max, "eta_min": eta_min, "steps": steps}
    agree(
        backend, chained_cosine_annealing_lr, lr, constant=("lr",), way=way, **options
    )


@given(starts, whole_numbers((1, 6), (1, 6), (0, 20)), FACTORS, LEAST)
def test_warmup_cosine_lr_agrees_with_backend(backend, lr, numbers, start, least):
    """The backend is as close to the definition as its precision promises."""
    warmup, T_max, steps = numbers
    options = {"warmup": warmup, "start_factor": start, "T_max": T_max}
    options |= {"eta_min": least, "steps": steps}
    agree(backend, warmup_cosine_lr, lr, constant=("lr",), **options)
