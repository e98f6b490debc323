"""Multi-head attention: several attentions side by side, on projections."""

import numpy as np

from reference.arguments import exact_rank
from reference.attention.scaled_dot_product import (
    attention_weights,
    scaled_dot_product_attention,
)
from reference.classification.softmax_regression import linear


def multi_head_attention(
    query: np.ndarray,
    key: np.ndarray,
    value: np.ndarray,
    q_proj_weight: np.ndarray,
    k_proj_weight: np.ndarray,
    v_proj_weight: np.ndarray,
    in_proj_bias: np.ndarray | None,
    out_proj_weight: np.ndarray,
    out_proj_bias: np.ndarray | None,
    bias_k: np.ndarray | None = None,
    bias_v: np.ndarray | None = None,
    key_padding_mask: np.ndarray | None = None,
    attn_mask: np.ndarray | None = None,
    *,
    num_heads: int,
    add_zero_attn: bool = False,
    need_weights: bool = True,
    average_attn_weights: bool = True,
) -> tuple[np.ndarray, np.ndarray] | np.ndarray:
    """Attend with several heads, each in features of its own.

        q, k, v = Wq query + bq, Wk key + bk, Wv value + bv;   [bq bk bv] = in_proj_bias
        head h has the features h · d … (h + 1) · d − 1 of q, k and v, d = embed / heads
        output = Wo [head_0 … head_H] + bo,   weights = a of each head, or their mean;
        the weights are given with need_weights only

        bias_k and bias_v are one more key and value, after those of the sequence, and
        add_zero_attn another, of zeros; no mask hides them.

    Shapes:
        query             (batch, queries, embed)
        key               (batch, keys, key_features)
        value             (batch, keys, value_features)
        q_proj_weight     (embed, embed); k_proj_weight (embed, key_features);
                          v_proj_weight (embed, value_features)
        in_proj_bias      (3 · embed), or None for zeros
        out_proj_weight   (embed, embed)
        out_proj_bias     (embed), or None for zeros
        bias_k, bias_v    (embed), or both None
        key_padding_mask  (batch, keys), or None
        attn_mask         (queries, keys) or (batch · num_heads, queries, keys), or None
        output            (batch, queries, embed)
        weights           (batch, queries, keys + added), the mean over heads; without
                          average_attn_weights (batch, num_heads, queries, keys + added)

    Units: a bool mask is True where a key takes part (torch.nn.MultiheadAttention has
        it the other way round); a mask of numbers is added to the scores, and −∞ hides.
        Where both masks are given, a key is seen that both show.

    Raises:
        ValueError: num_heads does not divide embed; or shapes that do not fit each
            other.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), section
        3.2.2; PyTorch's documentation of torch.nn.MultiheadAttention.
    """
    for name, sequence in {"query": query, "key": key, "value": value}.items():
        exact_rank(name, sequence, "batch length embed")
    batch, queries, embed = query.shape
    if num_heads < 1 or embed % num_heads:
        raise ValueError(f"num_heads is {num_heads}; it must divide embed {embed}")
    _check_weights(embed, q_proj_weight, k_proj_weight, v_proj_weight, out_proj_weight)
    biases = [None] * 3 if in_proj_bias is None else np.split(in_proj_bias, 3)
    q = linear(query, q_proj_weight, biases[0])
    k = _extended(linear(key, k_proj_weight, biases[1]), bias_k, add_zero_attn)
    v = _extended(linear(value, v_proj_weight, biases[2]), bias_v, add_zero_attn)
    added = k.shape[1] - key.shape[1]
    mask = _merged(key_padding_mask, attn_mask, (batch, num_heads, queries), key, added)
    q, k, v = (transpose_qkv(x, num_heads=num_heads) for x in (q, k, v))
    heads = scaled_dot_product_attention(q, k, v, mask)
    output = linear(transpose_output(heads), out_proj_weight, out_proj_bias)
    if not need_weights:
        return output
    weights = attention_weights(q, k, mask)
    if average_attn_weights:
        weights = weights.sum(axis=1) / num_heads
    return output, weights


def transpose_qkv(input: np.ndarray, *, num_heads: int) -> np.ndarray:
    """Split features into heads, and put the heads before the sequence.

        y[n, h, t, i] = input[n, t, h · d + i],    d = embed / num_heads

    Shapes:
        input   (batch, length, embed)
        result  (batch, num_heads, length, embed / num_heads), input's dtype

    Raises:
        ValueError: num_heads does not divide embed, or input has other axes.

    Source: Zhang et al., "Dive into Deep Learning", section 11.5.2.
    """
    exact_rank("input", input, "batch length embed")
    batch, length, embed = input.shape
    if num_heads < 1 or embed % num_heads:
        raise ValueError(f"num_heads is {num_heads}; it must divide embed {embed}")
    features = embed // num_heads
    y = np.zeros((batch, num_heads, length, features), input.dtype)
    for n, h, t, i in np.ndindex(y.shape):
        y[n, h, t, i] = input[n, t, h * features + i]
    return y


def transpose_output(input: np.ndarray) -> np.ndarray:
    """Put the features of all heads side by side again: `transpose_qkv`, undone.

        y[n, t, h · d + i] = input[n, h, t, i]

    Shapes:
        input   (batch, num_heads, length, features)
        result  (batch, length, num_heads · features), input's dtype

    Raises:
        ValueError: input has other axes.

    Source: Zhang et al., "Dive into Deep Learning", section 11.5.2.
    """
    exact_rank("input", input, "batch heads length features")
    batch, heads, length, features = input.shape
    y = np.zeros((batch, length, heads * features), input.dtype)
    for n, h, t, i in np.ndindex(input.shape):
        y[n, t, h * features + i] = input[n, h, t, i]
    return y


def _check_weights(embed, q, k, v, out):
    """Check that queries, keys, values and outputs have `embed` features each."""
    shapes = q.shape, k.shape[:1], v.shape[:1], out.shape
    square = (embed, embed)
    if shapes != (square, (embed,), (embed,), square):
        raise ValueError(
            f"weights have shapes {q.shape}, {k.shape}, {v.shape} and {out.shape}; all "
            f"must have {embed} rows, the first and the last as many columns"
        )


def _extended(sequence, bias, has_zeros):
    """A sequence of keys or values with those that are added at its end."""
    batch, _, embed = sequence.shape
    parts = [sequence]
    if bias is not None:
        parts.append(np.broadcast_to(bias, (batch, 1, embed)))
    if has_zeros:
        parts.append(np.zeros((batch, 1, embed), sequence.dtype))
    return np.concatenate(parts, axis=1)


def _merged(key_padding_mask, attn_mask, shape, key, added):
    """Both masks as one, (batch, heads, queries, keys + added), or None."""
    batch, heads, queries = shape
    keys = key.shape[1]
    if key_padding_mask is None and attn_mask is None:
        return None
    masks = []
    if key_padding_mask is not None:
        if key_padding_mask.shape != (batch, keys):
            raise ValueError(
                f"key_padding_mask has shape {key_padding_mask.shape}; "
                f"it must be {(batch, keys)}"
            )
        masks.append(key_padding_mask[:, None, None])
    if attn_mask is not None:
        if attn_mask.shape not in [(queries, keys), (batch * heads, queries, keys)]:
            raise ValueError(
                f"attn_mask has shape {attn_mask.shape}; it must be "
                f"{(queries, keys)} or {(batch * heads, queries, keys)}"
            )
        masks.append(
            attn_mask.reshape(-1, heads if attn_mask.ndim == 3 else 1, queries, keys)
        )
    if all(mask.dtype == bool for mask in masks):
        merged = np.logical_and.reduce(np.broadcast_arrays(*masks))
        return _padded(merged, added, np.ones)
    return _padded(sum(_scores(mask, key.dtype) for mask in masks), added, np.zeros)


def _scores(mask, dtype):
    """A mask as numbers to add."""
    return np.where(mask, 0, -np.inf).astype(dtype) if mask.dtype == bool else mask


def _padded(mask, added, fill):
    """A mask that shows the keys that are added at the end of a sequence."""
    return np.concatenate([mask, fill((*mask.shape[:-1], added), mask.dtype)], axis=-1)


def self_attention(
    input: np.ndarray,
    in_proj_weight: np.ndarray,
    in_proj_bias: np.ndarray | None,
    out_proj_weight: np.ndarray,
    out_proj_bias: np.ndarray | None,
    key_padding_mask: np.ndarray | None = None,
    attn_mask: np.ndarray | None = None,
    *,
    num_heads: int,
) -> np.ndarray:
    """Let a sequence attend to itself: queries, keys and values are all of it.

        multi_head_attention(x, x, x, Wq, Wk, Wv, …),   [Wq; Wk; Wv] = in_proj_weight

    Shapes:
        input             (batch, length, embed)
        in_proj_weight    (3 · embed, embed): the queries' rows, the keys', the values'
        in_proj_bias      (3 · embed), or None for zeros
        out_proj_weight   (embed, embed)
        out_proj_bias     (embed), or None for zeros
        key_padding_mask  (batch, length), or None
        attn_mask         (length, length) or (batch · num_heads, length, length), or
                          None
        result            (batch, length, embed), input's dtype

    Units: masks as `multi_head_attention` has them.

    Raises:
        ValueError: num_heads does not divide embed; or shapes that do not fit each
            other.

    Source: Zhang et al., "Dive into Deep Learning", section 11.6.1.
    """
    projections = np.split(in_proj_weight, 3)
    return multi_head_attention(
        input,
        input,
        input,
        *projections,
        in_proj_bias,
        out_proj_weight,
        out_proj_bias,
        key_padding_mask=key_padding_mask,
        attn_mask=attn_mask,
        num_heads=num_heads,
        need_weights=False,
    )
