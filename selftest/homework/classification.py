"""Somebody's one-file softmax and losses, right: test_planted_faults.py breaks them."""

import numpy as np


def softmax(input, *, dim):
    shifted = input - input.max(axis=dim, keepdims=True)
    e = np.exp(shifted)
    return e / e.sum(axis=dim, keepdims=True)


def log_softmax(input, *, dim):
    shifted = input - input.max(axis=dim, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=dim, keepdims=True))


def cross_entropy(
    input,
    target,
    weight=None,
    *,
    ignore_index=-100,
    reduction="mean",
    label_smoothing=0.0,
):
    axis = min(1, input.ndim - 1)
    log_probs = np.moveaxis(log_softmax(input, dim=axis), axis, -1)
    classes = input.shape[axis]
    if weight is None:
        weight = np.ones(classes, input.dtype)
    soft = target.shape == input.shape
    if soft:
        kept = np.ones(log_probs.shape[:-1], bool)
        share = np.moveaxis(target, axis, -1)
    else:
        kept = target != ignore_index
        share = np.eye(classes, dtype=input.dtype)[np.where(kept, target, 0)]
    smooth = share * (1 - label_smoothing) + label_smoothing / classes
    cost = np.where(smooth * weight == 0, 0, -smooth * weight * log_probs)
    losses = np.where(kept, cost.sum(axis=-1), 0)
    losses = losses.astype(input.dtype)
    if reduction == "none":
        return losses
    total = losses.sum(dtype=input.dtype)
    if reduction == "sum":
        return total
    count = kept.size if soft else (share * weight).sum(axis=-1)[kept].sum()
    return np.asarray(total / count, input.dtype)
