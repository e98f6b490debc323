"""Somebody's one-file attention, right: test_planted_faults.py breaks it."""

import numpy as np


def scaled_dot_product_attention(
    query, key, value, attn_mask=None, *, is_causal, scale, enable_gqa
):
    if enable_gqa:
        share = query.shape[-3] // key.shape[-3]
        key = np.repeat(key, share, axis=-3)
        value = np.repeat(value, share, axis=-3)
    if scale is None:
        scale = 1 / np.sqrt(query.shape[-1])
    scores = (query @ np.swapaxes(key, -1, -2)) * query.dtype.type(scale)
    if is_causal:
        rows, columns = np.indices(scores.shape[-2:])
        attn_mask = columns <= rows
    if attn_mask is not None:
        if attn_mask.dtype == bool:
            attn_mask = np.where(attn_mask, 0, -np.inf).astype(query.dtype)
        scores = scores + attn_mask
    top = scores.max(axis=-1, keepdims=True)
    top = np.where(np.isinf(top), 0, top)
    weights = np.exp(scores - top)
    total = weights.sum(axis=-1, keepdims=True)
    weights = weights / np.where(total == 0, 1, total)
    return weights @ value


def self_attention(
    input,
    in_proj_weight,
    in_proj_bias,
    out_proj_weight,
    out_proj_bias,
    key_padding_mask=None,
    attn_mask=None,
    *,
    num_heads,
):
    batch, length, embed = input.shape
    packed = input @ in_proj_weight.T
    if in_proj_bias is not None:
        packed = packed + in_proj_bias
    packed = packed.reshape(batch, length, 3, num_heads, embed // num_heads)
    query, key, value = packed.transpose(2, 0, 3, 1, 4)
    mask = np.zeros((batch, num_heads, length, length), input.dtype)
    if attn_mask is not None:
        shown = attn_mask
        if attn_mask.dtype == bool:
            shown = np.where(attn_mask, 0, -np.inf).astype(input.dtype)
        if shown.ndim == 3:
            shown = shown.reshape(batch, num_heads, length, length)
        mask = mask + shown
    if key_padding_mask is not None:
        seen = key_padding_mask
        if key_padding_mask.dtype == bool:
            seen = np.where(key_padding_mask, 0, -np.inf).astype(input.dtype)
        mask = mask + seen[:, None, None, :]
    heads = scaled_dot_product_attention(
        query, key, value, mask, is_causal=False, scale=None, enable_gqa=False
    )
    joined = heads.transpose(0, 2, 1, 3).reshape(batch, length, embed)
    output = joined @ out_proj_weight.T
    return output if out_proj_bias is None else output + out_proj_bias
