"""The laws of reference/optimisers/schedules.py, then its agreement with backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.operations import ways
from properties.optimisers.strategies import assert_at_most, shares
from properties.strategies import fractions, positive, sixteenths, whole_numbers
from reference.optimisers.schedules import (
    cosine_annealing_lr,
    inverse_sqrt_lr,
    linear_lr,
    multi_step_lr,
    polynomial_lr,
    step_lr,
)

# --- strategies

GAMMAS = st.sampled_from([0.1, 0.5, 1.0, 0.9, 2.0, 0.0])
LEAST = st.sampled_from([0.0, 0.01, 0.5, 2.0])
FACTORS = st.sampled_from([1 / 3, 1.0, 0.1, 0.5])
ENDS = st.sampled_from([1.0, 0.0, 0.25, 1 / 3])
groups = st.integers(1, 3).map(lambda count: (count,))
lengths = st.integers(0, 24)
periods = st.integers(1, 9)
starts = groups.flatmap(positive)
exact_starts = groups.flatmap(fractions)
close_starts = groups.flatmap(sixteenths)


# --- identities


@given(exact_starts, periods, shares, lengths)
def test_step_lr_is_multi_step_lr_at_even_milestones(lr, step_size, gamma, steps):
    """step_lr = multi_step_lr with the milestones step_size, 2 · step_size, …"""
    milestones = range(step_size, steps + 1, step_size)
    left = step_lr(lr, step_size=step_size, gamma=gamma, steps=steps)
    options = {"milestones": milestones, "gamma": gamma}
    assert_equal(left, multi_step_lr(lr, steps=steps, **options))


@given(close_starts, periods, lengths)
def test_polynomial_lr_of_power_1_is_linear_lr_to_0(lr, total_iters, steps):
    """lr · (1 − t / T), the notes' linear decay"""
    options = {"total_iters": total_iters, "steps": steps}
    left = polynomial_lr(bounded(lr), power=1.0, **options)
    right = linear_lr(bounded(lr), start_factor=1.0, end_factor=0.0, **options)
    assert_equal(left, right)


# --- algebra


@pytest.mark.parametrize(
    "schedule",
    [
        lambda lr: step_lr(lr, step_size=2, gamma=Fraction(1, 3), steps=7),
        lambda lr: multi_step_lr(lr, milestones=[4, 1], gamma=Fraction(2), steps=7),
        lambda lr: linear_lr(lr, start_factor=Fraction(1, 3), end_factor=1, steps=7),
        lambda lr: polynomial_lr(lr, total_iters=3, power=1, steps=7),
    ],
    ids=["step_lr", "multi_step_lr", "linear_lr", "polynomial_lr"],
)
@given(lr=exact_starts, a=shares)
def test_schedules_are_homogeneous_in_the_rate(schedule, lr, a):
    """η of a · lr = a · η of lr, and each group is by itself"""
    assert_equal(schedule(a * lr), a * schedule(lr))
    assert_equal(schedule(lr[:1]), schedule(lr)[:, :1])


@given(close_starts, periods)
def test_cosine_annealing_lr_is_symmetric(lr, period):
    """η[t] + η[T − t] = lr + eta_min"""
    options = {"T_max": period, "eta_min": 0.25, "steps": period + 1}
    left = cosine_annealing_lr(bounded(lr), **options)
    right = np.broadcast_to(bounded(lr) + 0.25, left.shape)
    assert_equal(left + left[::-1], right)


@given(close_starts, periods, lengths)
def test_cosine_annealing_lr_is_invariant_under_its_period(lr, period, steps):
    """η[t + 2 T] = η[t]: beyond T it goes up again"""
    options = {"T_max": period, "eta_min": 0.25}
    rates = cosine_annealing_lr(bounded(lr), steps=steps + 2 * period, **options)
    assert_equal(
        rates[2 * period :], cosine_annealing_lr(bounded(lr), steps=steps, **options)
    )


@given(close_starts, st.integers(1, 6))
def test_inverse_sqrt_lr_halves_when_its_step_is_fourfold(lr, t):
    """η at step 4 t = η at step t / 2, steps counted from 1"""
    rates = inverse_sqrt_lr(bounded(lr), steps=4 * t)
    assert_equal(rates[4 * t - 1], rates[t - 1] / 2)


# --- invariances


@given(exact_starts, st.lists(st.integers(0, 9), max_size=4), shares, lengths)
def test_multi_step_lr_is_invariant_under_orders(lr, milestones, gamma, steps):
    """The order of the milestones is of no account"""
    left = multi_step_lr(lr, milestones=milestones, gamma=gamma, steps=steps)
    sorted_ones = sorted(milestones, reverse=True)
    assert_equal(
        left, multi_step_lr(lr, milestones=sorted_ones, gamma=gamma, steps=steps)
    )


# --- bounds


@given(starts, periods, lengths)
def test_cosine_annealing_lr_falls_until_its_lowest(lr, period, steps):
    """η[t + 1] ≤ η[t] for t < T"""
    rates = cosine_annealing_lr(bounded(lr), T_max=period, steps=period + 1)
    assert_at_most(rates[1:], rates[:-1])


# --- special cases


@given(close_starts, periods)
def test_cosine_annealing_lr_begins_at_the_rate_and_ends_at_the_least(lr, half):
    """η[0] = lr, η[T / 2] = (lr + eta_min) / 2, η[T] = eta_min"""
    options = {"T_max": 2 * half, "eta_min": 0.25, "steps": 2 * half + 1}
    rates = cosine_annealing_lr(bounded(lr), **options)
    expected = bounded(np.stack([lr, (lr + 0.25) / 2, 0 * lr + 0.25]))
    assert_equal(rates[[0, half, 2 * half]], expected)


@given(exact_starts, periods, shares, shares)
def test_linear_lr_goes_from_its_start_to_its_end_and_stays(lr, total, start, end):
    """η[0] = start · lr, η[t ≥ T] = end · lr; between, equal steps"""
    options = {"start_factor": start, "end_factor": end, "total_iters": total}
    exact = linear_lr(lr, steps=total + 3, **options)
    assert_equal(exact[0], start * lr)
    assert_equal(exact[total:], np.stack([end * lr] * 3))
    rises = np.diff(exact[: total + 1], axis=0)
    assert_equal(rises, np.stack([rises[0]] * total))


@given(exact_starts, periods, st.integers(1, 3))
def test_polynomial_lr_ends_at_0(lr, total, power):
    """η[0] = lr, η[t ≥ T] = 0"""
    rates = polynomial_lr(lr, total_iters=total, power=power, steps=total + 2)
    assert_equal(rates[0], lr)
    assert_equal(rates[total:], np.stack([0 * lr] * 2))


@given(exact_starts, st.integers(0, 6), shares)
def test_multi_step_lr_counts_a_milestone_as_often_as_it_is_there(lr, t, gamma):
    """Twice at t: gamma² from t on"""
    rates = multi_step_lr(lr, milestones=[t, t], gamma=gamma, steps=t + 2)
    assert_equal(rates[:t], np.stack([lr] * (t + 2))[:t])
    assert_equal(rates[t:], np.stack([gamma**2 * lr] * 2))


def test_inverse_sqrt_lr_counts_from_1():
    """1, 1 / √2, 1 / √3, 1 / 2: 1 / √t is not defined at t = 0"""
    rates = inverse_sqrt_lr(np.ones(1), steps=4)
    assert_equal(rates[[0, 3]], np.array([[1.0], [0.5]]))


# --- errors


@pytest.mark.parametrize(
    ("schedule", "options", "message"),
    [
        (step_lr, {"step_size": 0}, "step_size is 0"),
        (multi_step_lr, {"milestones": [3, -1]}, "milestones.* is -1"),
        (linear_lr, {"start_factor": 0.0}, "start_factor is 0.0"),
        (linear_lr, {"end_factor": 1.5}, "end_factor is 1.5"),
        (linear_lr, {"total_iters": 0}, "total_iters is 0"),
        (polynomial_lr, {"power": 0}, "power is 0"),
        (polynomial_lr, {"total_iters": 0}, "total_iters is 0"),
        (cosine_annealing_lr, {"T_max": 0}, "T_max is 0"),
        (inverse_sqrt_lr, {"steps": -1}, "steps is -1"),
    ],
)
def test_schedules_reject_options(schedule, options, message):
    with pytest.raises(ValueError, match=message):
        schedule(np.ones(1), **{"steps": 3} | options)


@pytest.mark.parametrize("shape", [(), (2, 2)])
def test_schedules_reject_rates_that_are_no_list(shape):
    with pytest.raises(ValueError, match="lr has shape"):
        step_lr(np.ones(shape), step_size=1, steps=3)


# --- agreement


@pytest.mark.parametrize("way", ways("step_lr"))
@given(starts, periods, GAMMAS, lengths)
def test_step_lr_agrees_with_backend(backend, way, lr, step_size, gamma, steps):
    """The backend is as close to the definition as its precision promises."""
    options = {"step_size": step_size, "gamma": gamma, "steps": steps}
    agree(backend, step_lr, lr, constant=("lr",), way=way, **options)


@pytest.mark.parametrize("way", ways("multi_step_lr"))
@given(starts, whole_numbers(*[(0, 12)] * 3), st.integers(0, 3), GAMMAS, lengths)
def test_multi_step_lr_agrees_with_backend(
    backend, way, lr, numbers, count, gamma, steps
):
    """The backend is as close to the definition as its precision promises."""
    options = {"milestones": tuple(numbers[:count]), "gamma": gamma, "steps": steps}
    agree(backend, multi_step_lr, lr, constant=("lr",), way=way, **options)


@pytest.mark.parametrize("way", ways("linear_lr"))
@given(starts, FACTORS, ENDS, periods, lengths)
def test_linear_lr_agrees_with_backend(backend, way, lr, start, end, total, steps):
    """The backend is as close to the definition as its precision promises."""
    options = {"start_factor": start, "end_factor": end, "total_iters": total}
    agree(backend, linear_lr, lr, constant=("lr",), way=way, steps=steps, **options)


@given(starts, periods, st.sampled_from([1.0, 2.0, 0.5, 1.5]), lengths)
def test_polynomial_lr_agrees_with_backend(backend, lr, total, power, steps):
    """The backend is as close to the definition as its precision promises."""
    options = {"total_iters": total, "power": power, "steps": steps}
    agree(backend, polynomial_lr, lr, constant=("lr",), **options)


@given(starts, periods, LEAST, lengths)
def test_cosine_annealing_lr_agrees_with_backend(backend, lr, T_max, eta_min, steps):
    """The backend is as close to the definition as its precision promises."""
    options = {"T_max": T_max, "eta_min": eta_min, "steps": steps}
    agree(backend, cosine_annealing_lr, lr, constant=("lr",), **options)


@given(starts, lengths)
def test_inverse_sqrt_lr_agrees_with_backend(backend, lr, steps):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, inverse_sqrt_lr, lr, constant=("lr",), steps=steps)
