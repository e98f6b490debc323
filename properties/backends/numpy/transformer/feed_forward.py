"""What follows attention, by matrix products."""

from collections.abc import Sequence

import numpy as np

from properties.backends.numpy.normalisation.layer_norm import layer_norm
from properties.backends.numpy.transformer.gelu import gelu


def position_wise_ffn(
    input: np.ndarray,
    weight1: np.ndarray,
    bias1: np.ndarray | None,
    weight2: np.ndarray,
    bias2: np.ndarray | None,
    *,
    activation: str = "relu",
) -> np.ndarray:
    hidden = input @ weight1.T + (0 if bias1 is None else bias1)
    hidden = gelu(hidden) if activation == "gelu" else np.maximum(hidden, 0)
    return hidden @ weight2.T + (0 if bias2 is None else bias2)


def add_norm(
    input: np.ndarray,
    sublayer: np.ndarray,
    weight: np.ndarray | None = None,
    bias: np.ndarray | None = None,
    *,
    normalized_shape: Sequence[int],
    eps: float = 1e-5,
) -> np.ndarray:
    options = {"normalized_shape": normalized_shape, "eps": eps}
    return layer_norm(input + sublayer, weight, bias, **options)
