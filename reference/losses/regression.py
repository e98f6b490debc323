"""What a prediction of numbers loses."""

import numpy as np

from reference.arguments import same_shape
from reference.reductions import reduced


def mse_loss(
    input: np.ndarray, target: np.ndarray, *, reduction: str = "mean"
) -> np.ndarray:
    """Square the differences of predictions and targets.

        l[i] = (x[i] − y[i])²

    Shapes:
        input, target  (*size), the same
        result         (*size) if reduction is "none", else (); input's dtype

    Units: the mean is over all numbers; of none it is 0 / 0, NaN.

    Raises:
        ValueError: shapes that differ, or an unknown reduction.

    Source: PyTorch's documentation of torch.nn.MSELoss.
    """
    same_shape("input and target", input, target)
    losses = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        error = input[i] - target[i]
        losses[i] = error * error
    return reduced(losses, reduction, losses.size)


def l1_loss(
    input: np.ndarray, target: np.ndarray, *, reduction: str = "mean"
) -> np.ndarray:
    """Take the sizes of differences of predictions and targets.

        l[i] = |x[i] − y[i]|;  its slope where they are equal is taken to be 0

    Shapes: as of `mse_loss`.

    Raises:
        ValueError: shapes that differ, or an unknown reduction.

    Source: PyTorch's documentation of torch.nn.L1Loss; the slope at 0 is what
        PyTorch's autograd takes.
    """
    same_shape("input and target", input, target)
    losses = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        losses[i] = abs(input[i] - target[i])
    return reduced(losses, reduction, losses.size)
