"""The activation of many Transformers, by SciPy's normal distribution."""

import math

import numpy as np
from scipy import special


def gelu(input: np.ndarray, *, approximate: str = "none") -> np.ndarray:
    if approximate == "none":
        return (input * special.ndtr(input)).astype(input.dtype)
    cubed = input + 0.044715 * input * input * input
    return input * (1 + np.tanh(math.sqrt(2 / math.pi) * cubed)) / 2
