"""Inputs and losses of a decoder that is trained, by NumPy and SciPy."""

import numpy as np
from scipy import special


def shift_right(target: np.ndarray, *, bos: int) -> np.ndarray:
    y = np.roll(target, 1, axis=1)
    y[:, :1] = bos
    return y


def masked_cross_entropy(
    input: np.ndarray, target: np.ndarray, valid_lens: np.ndarray, *, reduction: str
) -> np.ndarray:
    counts = np.arange(target.shape[1]) < valid_lens[:, None]
    chosen = np.where(counts, target, 0)[..., None]
    log_probs = special.log_softmax(input, axis=-1)
    losses = -np.take_along_axis(log_probs, chosen, axis=-1)[..., 0]
    losses = np.where(counts, losses, input.dtype.type(0))
    if reduction == "none":
        return losses
    if reduction == "steps":
        return losses.mean(axis=1)
    return losses.sum() if reduction == "sum" else np.mean(losses, where=counts)
