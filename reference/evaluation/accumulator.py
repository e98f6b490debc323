"""Sums that run along while batches go by."""

import numpy as np

from reference.arguments import exact_rank


def accumulator(amounts: np.ndarray) -> np.ndarray:
    """Add to n sums at each step, and keep all their states.

        y[t, j] = Σ_{s ≤ t} amounts[s, j]

    A metric of an epoch is a ratio of two such sums, not a mean of ratios.

    Shapes:
        amounts  (steps, n): what is added to each sum at each step
        result   (steps, n), amounts' dtype

    Units: those of what is added.

    Raises:
        ValueError: amounts has other axes.

    Source: Zhang et al., "Dive into Deep Learning", class Accumulator.
    """
    exact_rank("amounts", amounts, "steps n")
    y = np.zeros(amounts.shape, amounts.dtype)
    for t, j in np.ndindex(amounts.shape):
        y[t, j] = amounts[t, j] + (y[t - 1, j] if t else 0)
    return y
