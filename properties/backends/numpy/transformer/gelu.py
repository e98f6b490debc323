"""The activation of many Transformers, by SciPy's error function."""

import math

import numpy as np
from scipy import special


def gelu(input: np.ndarray, *, approximate: str = "none") -> np.ndarray:
    if approximate == "none":
        share = special.erf(input / input.dtype.type(math.sqrt(2)))
    else:
        cubed = input + 0.044715 * input * input * input
        share = np.tanh(math.sqrt(2 / math.pi) * cubed)
    return (input * (1 + share) / 2).astype(input.dtype)
