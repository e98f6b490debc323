"""Attention as the notes have it: with valid lengths, and other scores."""

import numpy as np

from reference.arguments import check_values
from reference.attention.scaled_dot_product import (
    attention_weights,
    scaled_dot_product_attention,
)
from reference.classification.softmax import softmax
from reference.classification.softmax_regression import linear


def dot_product_attention(
    queries: np.ndarray,
    keys: np.ndarray,
    values: np.ndarray,
    valid_lens: np.ndarray | None = None,
) -> np.ndarray:
    """Attend by scaled dot products to the valid steps of each sequence.

        `scaled_dot_product_attention`, where a query sees the keys j < its valid length

    Shapes:
        queries     (batch, queries, features)
        keys        (batch, keys, features)
        values      (batch, keys, value_features)
        valid_lens  (batch) or (batch, queries), ints, or None for all keys
        result      (batch, queries, value_features), queries' dtype

    Units: valid_lens count steps; 0 sees nothing, and gets zeros.

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Zhang et al., "Dive into Deep Learning", section 11.3.3.
    """
    shape = (*queries.shape[:2], keys.shape[1])
    mask = _valid(valid_lens, shape)
    return scaled_dot_product_attention(queries, keys, values, mask)


def additive_attention(
    queries: np.ndarray,
    keys: np.ndarray,
    values: np.ndarray,
    w_q: np.ndarray,
    w_k: np.ndarray,
    w_v: np.ndarray,
    valid_lens: np.ndarray | None = None,
) -> np.ndarray:
    """Attend by scores that a small network makes of a query and a key.

        y[i] = Σ_j softmax_j(a[i, :]) · values[j],    a as `additive_scores` has it
        Queries and keys may have different features: no dot product is taken.

    Shapes:
        queries     (batch, queries, query_features)
        keys        (batch, keys, key_features)
        values      (batch, keys, value_features)
        w_q         (hidden, query_features)
        w_k         (hidden, key_features)
        w_v         (hidden)
        valid_lens  (batch) or (batch, queries), ints, or None for all keys
        result      (batch, queries, value_features), queries' dtype

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Bahdanau, Cho and Bengio (arXiv:1409.0473), appendix A.1.2; Zhang et al.,
        "Dive into Deep Learning", section 11.3.4.
    """
    scores = additive_scores(queries, keys, w_q, w_k, w_v)
    if values.shape[:2] != keys.shape[:2]:
        raise ValueError(
            f"values has shape {values.shape}, keys {keys.shape}; they must have the "
            "same but for their features"
        )
    mask = _valid(valid_lens, scores.shape)
    y = np.zeros((*scores.shape[:2], values.shape[-1]), queries.dtype)
    for n, i in np.ndindex(y.shape[:2]):
        seen = [j for j in range(keys.shape[1]) if mask is None or mask[n, i, j]]
        weights = softmax(scores[n, i, seen], dim=0) if seen else []
        for j, weight in zip(seen, weights):
            y[n, i] += weight * values[n, j]
    return y


def additive_scores(
    queries: np.ndarray,
    keys: np.ndarray,
    w_q: np.ndarray,
    w_k: np.ndarray,
    w_v: np.ndarray,
) -> np.ndarray:
    """Score each query against each key by a network with one hidden layer.

        a[n, i, j] = Σ_h w_v[h] · tanh((w_q q[n, i] + w_k k[n, j])[h])

    Shapes:
        queries  (batch, queries, query_features)
        keys     (batch, keys, key_features)
        w_q      (hidden, query_features)
        w_k      (hidden, key_features)
        w_v      (hidden)
        result   (batch, queries, keys), queries' dtype

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Bahdanau, Cho and Bengio (arXiv:1409.0473), appendix A.1.2.
    """
    if w_v.shape != w_q.shape[:1] or w_v.shape != w_k.shape[:1]:
        raise ValueError(
            f"w_q, w_k and w_v have shapes {w_q.shape}, {w_k.shape} and {w_v.shape}; "
            "they must be of as many hidden units"
        )
    if queries.shape[0] != keys.shape[0]:
        raise ValueError(
            f"queries has shape {queries.shape}, keys {keys.shape}; "
            "they must be of as many sequences"
        )
    q, k = linear(queries, w_q), linear(keys, w_k)
    scores = np.zeros((*queries.shape[:2], keys.shape[1]), queries.dtype)
    for n, i, j in np.ndindex(scores.shape):
        for h in range(len(w_v)):
            scores[n, i, j] += w_v[h] * np.tanh(q[n, i, h] + k[n, j, h])
    return scores


def attention_with_dropout(
    query: np.ndarray,
    key: np.ndarray,
    value: np.ndarray,
    keep: np.ndarray,
    *,
    p: float,
) -> np.ndarray:
    """Attend with some weights dropped, and the others raised in proportion.

        y[…, i, v] = Σ_j a[…, i, j] · keep[…, i, j] / (1 − p) · value[…, j, v]
        Kept with probability 1 − p each, the mean over all masks is plain attention.

    Shapes:
        query   (*batch, queries, features)
        key     (*batch, keys, features)
        value   (*batch, keys, value_features)
        keep    (*batch, queries, keys), bool: the random choice, made beforehand
        result  (*batch, queries, value_features), query's dtype

    Units: p is the probability of dropping.

    Raises:
        ValueError: p is not in [0, 1); or shapes that do not fit each other.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), section
        5.4; PyTorch's documentation of scaled_dot_product_attention.
    """
    if not 0 <= p < 1:
        raise ValueError(f"p is {p}; it must be in [0, 1)")
    weights = attention_weights(query, key)
    if keep.shape != weights.shape:
        raise ValueError(f"keep has shape {keep.shape}; it must be {weights.shape}")
    check_values(key, value)
    y = np.zeros((*query.shape[:-1], value.shape[-1]), query.dtype)
    for *n, i, v in np.ndindex(y.shape):
        for j in range(key.shape[-2]):
            if keep[*n, i, j]:
                y[*n, i, v] += weights[*n, i, j] / (1 - p) * value[*n, j, v]
    return y


def _valid(valid_lens, shape):
    """The mask (batch, queries, keys) of valid lengths, or None."""
    if valid_lens is None:
        return None
    if valid_lens.shape not in (shape[:1], shape[:2]):
        raise ValueError(
            f"valid_lens has shape {valid_lens.shape}; it must be {shape[:1]} or "
            f"{shape[:2]}"
        )
    lens = valid_lens if valid_lens.ndim == 2 else valid_lens[:, None]
    return np.broadcast_to(np.arange(shape[2]) < lens[..., None], shape)
