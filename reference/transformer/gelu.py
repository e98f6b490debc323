"""The activation of many Transformers."""

import math

import numpy as np

from reference.exponentials import erfc


def gelu(input: np.ndarray, *, approximate: str = "none") -> np.ndarray:
    """Weight numbers by how many of a normal distribution are below them.

        y[i] = x[i] · Φ(x[i]),    Φ(x) = (1 + erf(x / √2)) / 2 = erfc(−x / √2) / 2
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
            # Not 1 + erf(x / sqrt(2)), which cancels where x is negative.
            share = erfc(-x / math.sqrt(2))
        else:
            share = 1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x * x * x))
        y[i] = x * share / 2
    return y
