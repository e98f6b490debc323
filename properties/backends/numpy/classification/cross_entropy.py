"""Losses of classifiers in NumPy under the names of reference/cross_entropy.py."""

import numpy as np
import scipy.special


def nll_loss(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> np.ndarray:
    asked, count = shares(input, target, weight, ignore_index, 0.0)
    chosen = np.where(asked == 0, 0, input)
    return _reduced(-(asked * chosen).sum(class_axis(input)), reduction, count)


def cross_entropy(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> np.ndarray:
    log_probs = scipy.special.log_softmax(input, axis=class_axis(input))
    asked, count = shares(input, target, weight, ignore_index, label_smoothing)
    if target.shape != input.shape:
        log_probs = np.where(asked == 0, 0, log_probs)
    return _reduced(-(asked * log_probs).sum(class_axis(input)), reduction, count)


def class_axis(input: np.ndarray) -> int:
    return min(1, input.ndim - 1)


def shares(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None,
    ignore_index: int,
    label_smoothing: float,
) -> tuple[np.ndarray, np.ndarray]:
    """What each class is asked for at each position, and what a mean divides by."""
    axis = class_axis(input)
    classes = np.arange(input.shape[axis]).reshape(-1, *[1] * (input.ndim - 1 - axis))
    each = np.ones(classes.size, input.dtype) if weight is None else weight
    each = each.reshape(classes.shape)
    if target.shape == input.shape:
        hits, kept = target, np.ones((), bool)
        count = input.dtype.type(target.size // classes.size)
    else:
        kept = np.expand_dims(target != ignore_index, axis)
        hits = (np.expand_dims(target, axis) == classes) & kept
        hits = hits.astype(input.dtype)
        count = (hits * each).sum()
    smooth = (1 - label_smoothing) * hits + label_smoothing / classes.size * kept
    return (smooth * each).astype(input.dtype), count


def _reduced(losses: np.ndarray, reduction: str, count: np.ndarray) -> np.ndarray:
    if reduction == "none":
        return losses
    return losses.sum() / (count if reduction == "mean" else losses.dtype.type(1))
