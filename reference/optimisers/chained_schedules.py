"""Learning rates each made of the one before, which others may have changed.

Where nobody has, they are those of the closed forms.
"""

from collections.abc import Callable

import numpy as np

from reference.arguments import check_least
from reference.optimisers.rates import (
    check_factors,
    check_groups,
    check_power,
    cosine_factor,
    one_like,
)
from reference.optimisers.schedules import cosine_annealing_lr


def chained_linear_lr(
    lr: np.ndarray,
    *,
    start_factor: float = 1 / 3,
    end_factor: float = 1.0,
    total_iters: int = 5,
    steps: int,
) -> np.ndarray:
    """Make the rates of `linear_lr` each from the one before.

        η[0] = lr · start
        η[t] = η[t−1] · (1 + rise / (total_iters · start + (t − 1) · rise))
               for t ≤ total_iters, then η[t−1];    rise = end − start

    Shapes: see `linear_lr`.

    Raises:
        ValueError: see `linear_lr`.

    Source: PyTorch's torch/optim/lr_scheduler.py, LinearLR.get_lr.
    """
    check_factors(start_factor, end_factor)
    check_least(1, total_iters=total_iters)
    rise = end_factor - start_factor

    def after(before, t, base):
        if t == 0:
            return base * start_factor
        if t > total_iters:
            return before
        level = total_iters * start_factor * one_like(base) + (t - 1) * rise
        return before * (1 + rise / level)

    return _chain(lr, steps, after)


def chained_polynomial_lr(
    lr: np.ndarray, *, total_iters: int = 5, power: float = 1.0, steps: int
) -> np.ndarray:
    """Make the rates of `polynomial_lr` each from the one before.

        η[0] = lr
        η[t] = η[t−1] · ((1 − t / total_iters) / (1 − (t − 1) / total_iters))^power
               for t ≤ total_iters, then 0

    Shapes: see `polynomial_lr`.

    Raises:
        ValueError: see `polynomial_lr`.

    Source: PyTorch's torch/optim/lr_scheduler.py, PolynomialLR.get_lr.
    """
    check_power(power)
    check_least(1, total_iters=total_iters)

    def after(before, t, base):
        if t == 0:
            return base
        if t >= total_iters:
            return 0 * before
        one = one_like(base)
        left, more = one - one * t / total_iters, one - one * (t - 1) / total_iters
        return before * (left / more) ** power

    return _chain(lr, steps, after)


def chained_cosine_annealing_lr(
    lr: np.ndarray, *, T_max: int, eta_min: float = 0.0, steps: int
) -> np.ndarray:
    """Make the rates of `cosine_annealing_lr` each from the one before.

        η[0] = lr,    c[t] = 1 + cos(π · t / T_max)
        η[t] = eta_min + (η[t−1] − eta_min) · c[t] / c[t−1]
        Just after the lowest rate, where c[t−1] is 0, that is 0 / 0:
        η[t] = η[t−1] + (lr − eta_min) · (1 − cos(π / T_max)) / 2

    Shapes: see `cosine_annealing_lr`.

    Raises:
        ValueError: see `cosine_annealing_lr`.

    Source: PyTorch's documentation of torch.optim.lr_scheduler.CosineAnnealingLR.
    """
    check_least(1, T_max=T_max)

    def after(before, t, base):
        if t == 0:
            return base
        one = one_like(base)
        if (t - 1) % (2 * T_max) == T_max:
            return before + (base - eta_min) * (1 - cosine_factor(one, 1, T_max))
        ratio = cosine_factor(one, t, T_max) / cosine_factor(one, t - 1, T_max)
        return eta_min + (before - eta_min) * ratio

    return _chain(lr, steps, after)


def warmup_cosine_lr(
    lr: np.ndarray,
    *,
    warmup: int,
    start_factor: float,
    T_max: int,
    eta_min: float = 0.0,
    steps: int,
) -> np.ndarray:
    """Warm up along a line, then swing along a cosine that starts anew.

        η[t] = `chained_linear_lr` from start_factor to 1, for t < warmup
        η[t] = `chained_cosine_annealing_lr` at t − warmup, from there on

    Shapes: see `chained_linear_lr`.

    Raises:
        ValueError: lr has no axis or several, start_factor is not in (0, 1],
            warmup or T_max is below 1, or steps below 0.

    Source: PyTorch's documentation of torch.optim.lr_scheduler.SequentialLR.
    """
    check_groups(lr, steps)
    check_least(1, warmup=warmup)
    line = {"start_factor": start_factor, "total_iters": warmup}
    first = chained_linear_lr(lr, steps=min(warmup, steps), **line)
    rest = max(steps - warmup, 0)
    swing = {"T_max": T_max, "eta_min": eta_min}
    # The cosine's first rate is not made of the one before: it is the closed form's.
    (start,) = cosine_annealing_lr(lr, steps=1, **swing)
    cosine = chained_cosine_annealing_lr(start, steps=rest, **swing)
    return np.concatenate([first, cosine])


def _chain(lr: np.ndarray, steps: int, after: Callable) -> np.ndarray:
    """Each group's rate at each step, made of the rate before and of the first."""
    check_groups(lr, steps)
    rates = np.zeros((steps, *lr.shape), lr.dtype)
    for group, base in enumerate(lr):
        rate = base
        for t in range(steps):
            rate = rates[t, group] = after(rate, t, base)
    return rates
