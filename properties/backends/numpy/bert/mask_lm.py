"""The masked language model, by indexing and matrix products."""

import numpy as np

from properties.backends.numpy.classification.cross_entropy import cross_entropy
from properties.backends.numpy.normalisation.layer_norm import layer_norm
from properties.backends.numpy.tensors.indexing import batch_gather
from properties.backends.numpy.transformer.gelu import gelu


def mask_lm(
    input: np.ndarray,
    pred_positions: np.ndarray,
    weight1: np.ndarray,
    bias1: np.ndarray,
    norm_weight: np.ndarray,
    norm_bias: np.ndarray,
    weight2: np.ndarray,
    bias2: np.ndarray,
    *,
    activation: str = "relu",
    eps: float = 1e-5,
) -> np.ndarray:
    h = batch_gather(input, pred_positions) @ weight1.T + bias1
    h = gelu(h, approximate="none") if activation == "gelu" else np.maximum(h, 0)
    h = layer_norm(h, norm_weight, norm_bias, normalized_shape=h.shape[2:], eps=eps)
    return h @ weight2.T + bias2


def mlm_loss(
    input: np.ndarray, target: np.ndarray, mask: np.ndarray, *, eps: float = 0.0
) -> np.ndarray:
    total = cross_entropy(input[mask], target[mask], reduction="sum")
    return (total / (mask.sum() + eps)).astype(input.dtype)
