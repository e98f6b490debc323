"""Layer normalization by NumPy's mean and variance."""

from collections.abc import Sequence

import numpy as np


def layer_norm(
    input: np.ndarray,
    weight: np.ndarray | None = None,
    bias: np.ndarray | None = None,
    *,
    normalized_shape: Sequence[int],
    eps: float = 1e-5,
) -> np.ndarray:
    axes = tuple(range(-len(normalized_shape), 0))
    mean = input.mean(axes, keepdims=True)
    y = (input - mean) / np.sqrt(input.var(axes, keepdims=True) + eps)
    y = y if weight is None else y * weight
    return y if bias is None else y + bias
