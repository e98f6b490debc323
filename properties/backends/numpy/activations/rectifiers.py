"""Functions of two slopes in NumPy."""

import numpy as np


def relu(input: np.ndarray) -> np.ndarray:
    return np.maximum(input, 0)


def leaky_relu(input: np.ndarray, *, negative_slope: float) -> np.ndarray:
    return np.where(input > 0, input, input * input.dtype.type(negative_slope))


def prelu(input: np.ndarray, weight: np.ndarray) -> np.ndarray:
    shape = (-1,) + (1,) * max(input.ndim - 2, 0)
    slopes = weight.reshape(shape if input.ndim else ())
    return np.where(input > 0, input, slopes * input)
