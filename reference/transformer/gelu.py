"""The activation of many Transformers."""

import math

import numpy as np

from reference.exponentials import erf


def gelu(input: np.ndarray, *, approximate: str = "none") -> np.ndarray:
    """Weight numbers by how many of a normal distribution are below them.

        y[i] = x[i] · Φ(x[i]),    Φ(x) = (1 + erf(x / √2)) / 2
        With approximate "tanh", Φ(x) = (1 + tanh(√(2/π) · (x + 0.044715 · x³))) / 2.

    Shapes: input and result (*size), any.

    Raises:
        ValueError: approximate is neither "none" nor "tanh".

    Source: Hendrycks and Gimpel, "Gaussian Error Linear Units" (arXiv:1606.08415).
    """
    if approximate not in ("none", "tanh"):
        raise ValueError(f'approximate is {approximate!r}; it must be "none" or "tanh"')
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        x = input[i]
        if approximate == "none":
            share = erf(x / math.sqrt(2))
        else:
            share = np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x * x * x))
        y[i] = x * (1 + share) / 2
    return y
