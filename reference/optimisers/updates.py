"""Parts of every optimiser: learning rates, and what becomes of a gradient."""

from collections.abc import Sequence

import numpy as np


def learning_rates(lr: float | Sequence[float], steps: int) -> list[float]:
    """Give each step its learning rate: one number is the rate of all of them.

    Raises:
        ValueError: a rate is negative, or there are not as many as steps.
    """
    rates = [*lr] if isinstance(lr, Sequence) else [lr] * steps
    if len(rates) != steps:
        raise ValueError(f"lr has {len(rates)} numbers; there are {steps} gradients")
    check_not_negative(**{f"lr[{t}]": rate for t, rate in enumerate(rates)})
    return rates


def check_gradients(param: np.ndarray, gradients: np.ndarray) -> None:
    """Check that gradients are a parameter's, one for each step.

    Raises:
        ValueError: they have another shape.
    """
    if gradients.ndim != param.ndim + 1 or gradients.shape[1:] != param.shape:
        raise ValueError(
            f"gradients have shape {gradients.shape}; a parameter of shape "
            f"{param.shape} needs {('steps', *param.shape)}"
        )


def check_not_negative(**numbers: float) -> None:
    """Check that numbers, called by their names, are 0 or more.

    Raises:
        ValueError: one is below 0, or NaN.
    """
    for name, number in numbers.items():
        if not number >= 0:
            raise ValueError(f"{name} is {number}; it must not be negative")


def check_share(**numbers: float) -> None:
    """Check that numbers, called by their names, are in [0, 1).

    Raises:
        ValueError: one is not.
    """
    for name, number in numbers.items():
        if not 0 <= number < 1:
            raise ValueError(f"{name} is {number}; it must be in [0, 1)")


def downhill(g, x, weight_decay: float, maximize: bool):
    """The gradient to descend by: of −f to climb f, with that of the weight decay."""
    g = -g if maximize else g
    return g + weight_decay * x if weight_decay else g


def root(square, eps: float, eps_inside_sqrt: bool):
    """The square root that a step is divided by, kept from 0 by eps."""
    return np.sqrt(square + eps) if eps_inside_sqrt else np.sqrt(square) + eps
