"""Activation functions as SciPy has them."""

import numpy as np
from scipy import special


def sigmoid(input: np.ndarray) -> np.ndarray:
    return special.expit(input).astype(input.dtype)  # it makes float32 of float16


def tanh(input: np.ndarray) -> np.ndarray:
    return np.tanh(input)
