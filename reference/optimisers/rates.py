"""Parts of every schedule of learning rates, closed or chained."""

import numpy as np

from reference.arguments import check_least


def check_factors(start_factor: float, end_factor: float) -> None:
    """Check the shares of the learning rate that a line goes between.

    Raises:
        ValueError: start_factor is not in (0, 1], or end_factor not in [0, 1].
    """
    if not 0 < start_factor <= 1:
        raise ValueError(f"start_factor is {start_factor}; it must be in (0, 1]")
    if not 0 <= end_factor <= 1:
        raise ValueError(f"end_factor is {end_factor}; it must be in [0, 1]")


def check_power(power: float) -> None:
    """Check the power of a polynomial decay.

    Raises:
        ValueError: it is not above 0.
    """
    if not power > 0:
        raise ValueError(f"power is {power}; it must be above 0")


def cosine_factor(one, t: int, T_max: int):
    """The share of the way from the least rate to the first that is left at t."""
    return (one + np.cos(one * (np.pi * t / T_max))) / 2


def check_groups(lr: np.ndarray, steps: int) -> None:
    """Check that there is a first rate for each group, and a number of steps.

    Raises:
        ValueError: lr has no axis or several, or steps is below 0.
    """
    if lr.ndim != 1:
        raise ValueError(f"lr has shape {lr.shape}; its axes must be (groups)")
    check_least(0, steps=steps)


def one_like(rate):
    """1, of the rate's kind of numbers: factors cancel, and it has to be known."""
    return 0 * rate + 1
