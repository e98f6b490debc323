"""Exponential linear units in NumPy."""

import numpy as np


def elu(input: np.ndarray, *, alpha: float) -> np.ndarray:
    low = input.dtype.type(alpha) * np.expm1(np.minimum(input, 0))
    return np.where(input > 0, input, low)


def selu(input: np.ndarray) -> np.ndarray:
    scale, alpha = 1.0507009873554804934, 1.6732632423543772848
    low = input.dtype.type(scale * alpha) * np.expm1(np.minimum(input, 0))
    return np.where(input > 0, input.dtype.type(scale) * input, low)
