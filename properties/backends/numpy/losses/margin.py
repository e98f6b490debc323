"""Margin losses in NumPy."""

import numpy as np


def multi_margin_loss(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None = None,
    *,
    p: int,
    margin: float,
    reduction: str,
) -> np.ndarray:
    own = np.take_along_axis(input, target[..., None], -1)
    short = np.maximum(input.dtype.type(margin) - own + input, 0) ** p
    if weight is not None:
        short = short * weight[target][..., None]
    np.put_along_axis(short, target[..., None], 0, -1)
    losses = short.sum(-1) / input.dtype.type(input.shape[-1])
    return losses if reduction == "none" else getattr(np, reduction)(losses)


def multiclass_svm_loss(
    input: np.ndarray, target: np.ndarray, *, margin: float
) -> np.ndarray:
    own = np.take_along_axis(input, target[:, None], 1)
    short = np.maximum(input - own + input.dtype.type(margin), 0)
    np.put_along_axis(short, target[:, None], 0, 1)
    return short.sum(1)
