"""What becomes of the losses of a batch: all of them, their mean or their sum."""

import numpy as np

from reference.numbers import quotient


def reduced(losses: np.ndarray, reduction: str, count) -> np.ndarray:
    """Keep losses, or add them up, or divide their sum by what counts as their number.

        none: losses        sum: Σ_n losses[n]        mean: Σ_n losses[n] / count

    Shapes:
        losses  any
        result  as losses if reduction is "none", else (), losses' dtype

    Units: count is a number of losses, or the sum of their weights; where it is 0,
        the mean is 0 / 0, NaN.

    Raises:
        ValueError: reduction is not "none", "mean" or "sum".

    Source: PyTorch's documentation of torch.nn.NLLLoss.
    """
    check_reduction(reduction)
    if reduction == "none":
        return losses
    result = np.zeros((), losses.dtype)
    for loss in losses.flat:
        result[()] += loss
    if reduction == "mean":
        result[()] = quotient(result[()], count)
    return result


def check_reduction(reduction: str) -> None:
    """Check the name of a reduction.

    Raises:
        ValueError: it is not "none", "mean" or "sum".
    """
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(
            f'reduction is {reduction!r}; it must be "none", "mean" or "sum"'
        )
