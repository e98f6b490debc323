"""Learning rates that change with the step, in closed form."""

from collections.abc import Callable, Sequence

import numpy as np

from reference.arguments import check_least
from reference.optimisers.rates import (
    check_factors,
    check_groups,
    check_power,
    cosine_factor,
    one_like,
)
from reference.optimisers.updates import check_not_negative


def step_lr(
    lr: np.ndarray, *, step_size: int, gamma: float = 0.1, steps: int
) -> np.ndarray:
    """Multiply the learning rate by gamma every step_size steps.

        η[t] = lr · gamma^⌊t / step_size⌋

    Shapes:
        lr      (groups): the first rate of each group of parameters
        result  (steps, groups), lr's dtype; t counts from 0

    Units: step_size and steps count steps, or epochs, of the schedule.

    Raises:
        ValueError: lr has no axis or several, step_size is below 1, steps below 0.

    Source: PyTorch's documentation of torch.optim.lr_scheduler.StepLR.
    """
    check_least(1, step_size=step_size)
    return _scaled(lr, steps, lambda one, t: _power(one, gamma, t // step_size))


def multi_step_lr(
    lr: np.ndarray, *, milestones: Sequence[int], gamma: float = 0.1, steps: int
) -> np.ndarray:
    """Multiply the learning rate by gamma at each milestone.

        η[t] = lr · gamma^(how many milestones are ≤ t)
        A milestone that is there twice counts twice; their order is of no account.

    Shapes: see `step_lr`.

    Raises:
        ValueError: lr has no axis or several, a milestone or steps is below 0.

    Source: PyTorch's documentation of torch.optim.lr_scheduler.MultiStepLR.
    """
    check_not_negative(**{f"milestones[{k}]": m for k, m in enumerate(milestones)})

    def factor(one, t):
        return _power(one, gamma, sum(milestone <= t for milestone in milestones))

    return _scaled(lr, steps, factor)


def linear_lr(
    lr: np.ndarray,
    *,
    start_factor: float = 1 / 3,
    end_factor: float = 1.0,
    total_iters: int = 5,
    steps: int,
) -> np.ndarray:
    """Go from one share of the learning rate to another along a line, then stay.

        η[t] = lr · (start + (end − start) · min(t, total_iters) / total_iters)
        The notes' lr · (1 − t / T) is from 1 to 0 in T steps; from below 1 to 1 it
        is a warm-up.

    Shapes: see `step_lr`.

    Raises:
        ValueError: lr has no axis or several, start_factor is not in (0, 1],
            end_factor not in [0, 1], total_iters below 1, or steps below 0.

    Source: PyTorch's documentation of torch.optim.lr_scheduler.LinearLR.
    """
    check_factors(start_factor, end_factor)
    check_least(1, total_iters=total_iters)
    rise = end_factor - start_factor

    def factor(one, t):
        return one * start_factor + rise * min(t, total_iters) / total_iters

    return _scaled(lr, steps, factor)


def polynomial_lr(
    lr: np.ndarray, *, total_iters: int = 5, power: float = 1.0, steps: int
) -> np.ndarray:
    """Decay the learning rate to 0 along a power of the time that is left.

        η[t] = lr · (1 − min(t, total_iters) / total_iters)^power

    Shapes: see `step_lr`.

    Raises:
        ValueError: lr has no axis or several, power is not above 0, total_iters is
            below 1, or steps below 0.

    Source: PyTorch's documentation of torch.optim.lr_scheduler.PolynomialLR.
    """
    check_power(power)
    check_least(1, total_iters=total_iters)

    def factor(one, t):
        return (one - one * t / total_iters) ** power if t < total_iters else 0

    return _scaled(lr, steps, factor)


def cosine_annealing_lr(
    lr: np.ndarray, *, T_max: int, eta_min: float = 0.0, steps: int
) -> np.ndarray:
    """Swing the learning rate along a cosine: down in T_max steps, and up again.

        η[t] = eta_min + (lr − eta_min) · (1 + cos(π · t / T_max)) / 2

    Shapes: see `step_lr`.

    Raises:
        ValueError: lr has no axis or several, T_max is below 1, or steps below 0.

    Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm
        Restarts" (arXiv:1608.03983), eq. 5, without the restarts.
    """
    check_least(1, T_max=T_max)

    def rate_at(rate, one, t):
        return eta_min + (rate - eta_min) * cosine_factor(one, t, T_max)

    return _rates(lr, steps, rate_at)


def inverse_sqrt_lr(lr: np.ndarray, *, steps: int) -> np.ndarray:
    """Divide the learning rate by the root of the step's number, counted from 1.

        η[t] = lr / √(t + 1)
        The notes' lr / √t is not defined at t = 0.

    Shapes: see `step_lr`.

    Raises:
        ValueError: lr has no axis or several, or steps is below 0.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), eq. 3,
        without its warm-up.
    """
    return _rates(lr, steps, lambda rate, one, t: rate / np.sqrt((t + 1) * one))


def _power(one, gamma: float, count: int):
    """gamma^count, as a product, as it is made step by step."""
    for _ in range(count):
        one = one * gamma
    return one


def _scaled(lr: np.ndarray, steps: int, factor: Callable) -> np.ndarray:
    """The rates lr · factor(t)."""
    return _rates(lr, steps, lambda rate, one, t: rate * factor(one, t))


def _rates(lr: np.ndarray, steps: int, rate_at: Callable) -> np.ndarray:
    """Each group's rate at each step."""
    check_groups(lr, steps)
    rates = np.zeros((steps, *lr.shape), lr.dtype)
    for t, group in np.ndindex(rates.shape):
        rates[t, group] = rate_at(lr[group], one_like(lr[group]), t)
    return rates
