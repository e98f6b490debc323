"""Scaled dot-product attention, its weights, and masks."""

import numpy as np

from reference.arguments import check_values
from reference.exponentials import shifted


def scaled_dot_product_attention(
    query: np.ndarray,
    key: np.ndarray,
    value: np.ndarray,
    attn_mask: np.ndarray | None = None,
    *,
    is_causal: bool = False,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> np.ndarray:
    """Average values, each by how well its key meets the query.

        y[…, i, v] = Σ_j a[…, i, j] · value[…, j, v]
        a as `attention_weights` has it: a query that sees no key gets zeros.

    Shapes:
        query      (*batch, queries, features)
        key        (*batch, keys, features)
        value      (*batch, keys, value_features)
        attn_mask  broadcast to (*batch, queries, keys), or None
        result     (*batch, queries, value_features), query's dtype
        With enable_gqa the last axis of batch counts heads, and key and value may
        have fewer, of which each serves heads / theirs neighbouring query heads.

    Raises:
        ValueError: shapes that do not fit each other; a mask together with is_causal.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), eq. 1;
        Ainslie et al., "GQA" (arXiv:2305.13245), for shared keys and values; PyTorch's
        documentation of torch.nn.functional.scaled_dot_product_attention.
    """
    if enable_gqa:
        key, value = _shared(query, key), _shared(query, value)
    check_values(key, value)
    weights = attention_weights(query, key, attn_mask, is_causal=is_causal, scale=scale)
    y = np.zeros((*query.shape[:-1], value.shape[-1]), query.dtype)
    for *n, i, v in np.ndindex(y.shape):
        for j in range(key.shape[-2]):
            y[*n, i, v] += weights[*n, i, j] * value[*n, j, v]
    return y


def attention_weights(
    query: np.ndarray,
    key: np.ndarray,
    attn_mask: np.ndarray | None = None,
    *,
    is_causal: bool = False,
    scale: float | None = None,
) -> np.ndarray:
    """Say how much each query attends to each key.

        a[…, i, :] = softmax over j of
                     scale · Σ_e query[…, i, e] · key[…, j, e] + attn_mask[…, i, j]
        for the keys j that query i sees. A key is not seen where a bool mask is
        False or a number mask −∞, or, with is_causal, where j > i (the first query
        sees the first key, however many there are of each). A query that sees no key
        has weights 0: the empty sum. Softmax of −∞ alone would be NaN.

    Shapes:
        query      (*batch, queries, features)
        key        (*batch, keys, features)
        attn_mask  broadcast to (*batch, queries, keys): bool, True where a key takes
                   part, or numbers to add to the scores; or None
        result     (*batch, queries, keys), query's dtype

    Units: scale is 1 / √features if it is None.

    Raises:
        ValueError: shapes that do not fit each other, no features, or a mask
            together with is_causal.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), eq. 1.
    """
    _check(query, key, attn_mask, is_causal)
    if scale is None:
        scale = 1 / np.sqrt(query.shape[-1])
    weights = np.zeros((*query.shape[:-1], key.shape[-2]), query.dtype)
    if attn_mask is not None:
        attn_mask = np.broadcast_to(attn_mask, weights.shape)
    for *n, i in np.ndindex(weights.shape[:-1]):
        mask = None if attn_mask is None else attn_mask[*n, i]
        seen = _seen(mask, i, key.shape[-2], is_causal)
        scores = [
            sum(q * k for q, k in zip(query[*n, i], key[*n, j])) * scale for j in seen
        ]
        if mask is not None and mask.dtype != bool:
            scores = [score + mask[j] for score, j in zip(scores, seen)]
        powers = [np.exp(z) for z in shifted(scores)]
        total = sum(powers)
        for j, power in zip(seen, powers):
            weights[*n, i, j] = power / total
    return weights


def _seen(mask, query, keys, is_causal):
    """The keys that one query sees."""
    if is_causal:
        return range(min(query + 1, keys))
    if mask is None:
        return range(keys)
    if mask.dtype == bool:
        return [j for j in range(keys) if mask[j]]
    return [j for j in range(keys) if mask[j] != -np.inf]


def _shared(query, array):
    """Repeat heads, so that there are as many as the query has."""
    if min(query.ndim, array.ndim) < 3:
        raise ValueError(
            f"query has shape {query.shape}, key or value {array.shape}; with "
            "enable_gqa they must have an axis of heads"
        )
    heads, shared = query.shape[-3], array.shape[-3]
    if shared < 1 or heads % shared:
        raise ValueError(
            f"query has {heads} heads, key or value {shared}; with enable_gqa their "
            "count must divide the query's"
        )
    return np.repeat(array, heads // shared, axis=-3)


def _check(query, key, attn_mask, is_causal):
    same = query.shape[:-2] == key.shape[:-2] and query.shape[-1:] == key.shape[-1:]
    if query.ndim < 2 or query.ndim != key.ndim or not same:
        raise ValueError(
            f"query has shape {query.shape}, key {key.shape}; they must be "
            "(*batch, queries, features) and (*batch, keys, features)"
        )
    if not query.shape[-1]:
        raise ValueError(f"query has shape {query.shape}; it must have features")
    if is_causal and attn_mask is not None:
        raise ValueError("attn_mask is given together with is_causal; choose one")
