"""Means and variances, and the channels that they are taken of."""

import numpy as np


def moments(numbers: np.ndarray, correction: int) -> tuple:
    """Take the mean and the variance of numbers: (mean, variance).

        mean = Σ_i x[i] / n,    variance = Σ_i (x[i] − mean)² / (n − correction)

    Raises:
        ValueError: correction is neither 0 nor 1.
    """
    if correction not in (0, 1):
        raise ValueError(f"correction is {correction!r}; it must be 0 or 1")
    n = len(numbers)
    mean = sum(numbers) / n
    # Not E[x²] − mean², which cancels where the mean is large.
    squares = [(x - mean) * (x - mean) for x in numbers]
    return mean, sum(squares) / (n - correction)


def check_per_channel(input: np.ndarray, **tensors: np.ndarray | None) -> None:
    """Check that tensors, called by their names, have a number for each channel.

    Raises:
        ValueError: input has no axis of channels, or a tensor another shape.
    """
    if input.ndim < 2:
        raise ValueError(
            f"input has shape {input.shape}; its axes must be (batch, channels, *size)"
        )
    for name, tensor in tensors.items():
        if tensor is not None and tensor.shape != input.shape[1:2]:
            raise ValueError(
                f"{name} has shape {tensor.shape}; it must be {input.shape[1:2]}"
            )


def check_batch(input: np.ndarray) -> None:
    """Check that a batch has moments: several numbers of each channel, or nothing.

    Raises:
        ValueError: there is one number of each channel only.
    """
    if input.size and input.size == input.shape[1]:
        raise ValueError(
            f"input has shape {input.shape}; training takes several numbers a channel"
        )


def check_eps(eps: float, *, training: bool) -> None:
    """Check that what is added to a variance makes it fit to divide by.

    Raises:
        ValueError: it is negative; or 0, in training.
    """
    if eps < 0 or (training and eps == 0):
        raise ValueError(f"eps is {eps}; it must be positive in training, else ≥ 0")
