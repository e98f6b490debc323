"""Batch normalization by NumPy's mean and variance."""

import numpy as np


def batch_norm(
    input: np.ndarray,
    running_mean: np.ndarray | None,
    running_var: np.ndarray | None,
    weight: np.ndarray | None = None,
    bias: np.ndarray | None = None,
    *,
    training: bool = False,
    eps: float = 1e-5,
) -> np.ndarray:
    rows = np.moveaxis(input, 1, -1)
    axes = tuple(range(rows.ndim - 1))
    if training:
        running_mean, running_var = rows.mean(axes), rows.var(axes)
    y = (rows - running_mean) / np.sqrt(running_var + eps)
    y = y if weight is None else y * weight
    return np.moveaxis(y if bias is None else y + bias, -1, 1)


def moving_averages(
    input: np.ndarray,
    running_mean: np.ndarray,
    running_var: np.ndarray,
    *,
    momentum: float | None = 0.1,
    momentum_of: str = "new",
    correction: int = 1,
    num_batches_tracked: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    rows = np.moveaxis(input, 1, -1)
    rows = rows.reshape(-1, rows.shape[-1])
    if not len(rows):
        return running_mean, running_var
    if momentum is None:
        kept = num_batches_tracked / (num_batches_tracked + 1)
    else:
        kept = 1 - momentum if momentum_of == "new" else momentum
    return (
        kept * running_mean + (1 - kept) * rows.mean(0),
        kept * running_var + (1 - kept) * rows.var(0, ddof=correction),
    )
