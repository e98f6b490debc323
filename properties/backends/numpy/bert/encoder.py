"""BERT's embeddings, by indexing."""

import numpy as np

from properties.backends.numpy.normalisation.layer_norm import layer_norm


def bert_embedding(
    tokens: np.ndarray,
    segments: np.ndarray,
    token_weight: np.ndarray,
    segment_weight: np.ndarray,
    pos_embedding: np.ndarray,
    norm_weight: np.ndarray | None = None,
    norm_bias: np.ndarray | None = None,
    *,
    eps: float = 1e-12,
) -> np.ndarray:
    x = token_weight[tokens] + segment_weight[segments]
    x = x + pos_embedding[:, : tokens.shape[1]]
    if norm_weight is None:
        return x
    return layer_norm(x, norm_weight, norm_bias, normalized_shape=x.shape[2:], eps=eps)
