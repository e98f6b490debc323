import numpy as np
from scipy import special


def scaled_dot_product_attention(
    query: np.ndarray,
    key: np.ndarray,
    value: np.ndarray,
    attn_mask: np.ndarray | None = None,
    *,
    is_causal: bool,
    scale: float | None,
    enable_gqa: bool,
) -> np.ndarray:
    if enable_gqa:
        repeats = query.shape[-3] // key.shape[-3]
        key, value = (np.repeat(x, repeats, axis=-3) for x in (key, value))
    weights = attention_weights(query, key, attn_mask, is_causal=is_causal, scale=scale)
    return weights @ value


def attention_weights(
    query: np.ndarray,
    key: np.ndarray,
    attn_mask: np.ndarray | None = None,
    *,
    is_causal: bool,
    scale: float | None,
) -> np.ndarray:
    scale = 1 / np.sqrt(query.shape[-1]) if scale is None else scale
    scores = query @ key.swapaxes(-1, -2) * query.dtype.type(scale)
    if is_causal:
        attn_mask = np.tri(*scores.shape[-2:], dtype=bool)
    if attn_mask is not None and attn_mask.dtype == bool:
        scores = np.where(attn_mask, scores, -np.inf).astype(query.dtype)
    elif attn_mask is not None:
        scores = scores + attn_mask
    hidden = np.isneginf(scores).all(axis=-1, keepdims=True)
    return np.where(hidden, 0, special.softmax(np.where(hidden, 0, scores), axis=-1))
