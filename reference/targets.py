"""What a classifier is asked for: targets, their weights, and the axis of classes."""

import math
from collections.abc import Iterator

import numpy as np


def shares(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None,
    *,
    ignore_index: int,
    label_smoothing: float,
) -> Iterator[tuple[tuple[int, ...], int, float]]:
    """Yield (n, k, share): position n loses `share` · −log of class k's probability.

        share = weight[k] · (1 − ε) · y[n, k] for the target, then
                weight[k] · ε / classes for each class

    Raises:
        ValueError: as `cross_entropy`.
    """
    check_targets(input, target, weight, ignore_index, label_smoothing)
    *positions, classes = classes_last(input).shape
    weights = [1] * classes if weight is None else weight
    for n in np.ndindex(*positions):
        if target.shape == input.shape:
            asked = enumerate(classes_last(target)[n])
        elif target[n] != ignore_index:
            asked = [(target[n], 1)]
        else:
            continue
        for k, y in asked:
            yield n, k, y * weights[k] * (1 - label_smoothing)
        if label_smoothing:
            for k in range(classes):
                yield n, k, weights[k] * label_smoothing / classes


def position_count(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None,
    ignore_index: int,
):
    """What the mean divides by: positions, or the weights of their target classes."""
    if target.shape == input.shape:
        axis = class_axis(input)
        return math.prod(target.shape[:axis] + target.shape[axis + 1 :])
    found = [k for k in target.flat if k != ignore_index]
    return len(found) if weight is None else sum(weight[k] for k in found)


def class_axis(input: np.ndarray) -> int:
    """Which axis counts classes: the second, or the only one.

    Raises:
        ValueError: input has no axes.
    """
    if input.ndim == 0:
        raise ValueError("input has shape (); it needs an axis of classes")
    return min(1, input.ndim - 1)


def classes_last(input: np.ndarray) -> np.ndarray:
    """View an array with its axis of classes last."""
    return np.moveaxis(input, class_axis(input), -1)


def check_targets(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None,
    ignore_index: int,
    label_smoothing: float = 0.0,
) -> None:
    """Check that targets, weights and options fit what a classifier says.

    Raises:
        ValueError: as `cross_entropy`.
    """
    *positions, classes = classes_last(input).shape
    if not 0 <= label_smoothing <= 1:
        raise ValueError(f"label_smoothing is {label_smoothing}; it must be in [0, 1]")
    if weight is not None and weight.shape != (classes,):
        raise ValueError(f"weight has shape {weight.shape}; it must be ({classes},)")
    if target.shape == input.shape:
        if ignore_index >= 0:
            raise ValueError(
                f"ignore_index is {ignore_index}; probabilities can't be ignored"
            )
    elif target.shape != tuple(positions):
        raise ValueError(
            f"target has shape {target.shape}; "
            f"it must be {tuple(positions)}, or {input.shape} if it is probabilities"
        )
    elif target.dtype.kind not in "iu":
        raise ValueError(f"target is {target}; as indices it must be whole numbers")
    elif not all(0 <= k < classes or k == ignore_index for k in target.flat):
        raise ValueError(f"target is {target}; there are {classes} classes")
