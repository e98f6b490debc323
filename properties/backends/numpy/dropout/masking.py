"""Dropout in NumPy, with masks that are given."""

import numpy as np


def unscaled_dropout(input: np.ndarray, mask: np.ndarray) -> np.ndarray:
    return input * mask


def expected_dropout(input: np.ndarray, *, p: float) -> np.ndarray:
    return input * input.dtype.type(1 - p)


def inverted_dropout(
    input: np.ndarray, mask: np.ndarray, *, p: float, training: bool
) -> np.ndarray:
    if not training:
        return input.copy()
    return input * mask / input.dtype.type(1 - p) if p < 1 else input * 0


def dropconnect(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray, mask: np.ndarray
) -> np.ndarray:
    return input @ (weight * mask).T + bias


def stochastic_depth(
    input: np.ndarray, mask: np.ndarray, *, p: float, training: bool
) -> np.ndarray:
    rows = mask.reshape(-1, *[1] * (input.ndim - 1))
    return inverted_dropout(input, rows, p=p, training=training)
