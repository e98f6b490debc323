"""NumPy's gradients under the names of reference/cross_entropy_gradient.py."""

import numpy as np
import scipy.special

from properties.backends.numpy.classification.cross_entropy import class_axis, shares


def cross_entropy_gradient(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> np.ndarray:
    axis = class_axis(input)
    probs = scipy.special.softmax(input, axis=axis)
    asked, count = shares(input, target, weight, ignore_index, label_smoothing)
    gradient = probs * asked.sum(axis, keepdims=True) - asked
    return gradient / count if reduction == "mean" else gradient


def probs_gradient(probs: np.ndarray, target: np.ndarray) -> np.ndarray:
    return -target / probs
