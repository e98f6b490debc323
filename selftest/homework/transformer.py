"""Somebody's one-file Transformer, right: test_planted_faults.py breaks it."""

import math

import numpy as np


def layer_norm(input, weight=None, bias=None, *, normalized_shape, eps=1e-5):
    axes = tuple(range(-len(normalized_shape), 0))
    centered = input - input.mean(axis=axes, keepdims=True)
    variance = (centered**2).mean(axis=axes, keepdims=True)
    y = centered / np.sqrt(variance + eps)
    if weight is not None:
        y = y * weight
    if bias is not None:
        y = y + bias
    return y


def sinusoidal_positional_encoding(positions, *, num_hiddens):
    pairs = (num_hiddens + 1) // 2
    rates = 10000 ** (2 * np.arange(pairs) / num_hiddens)
    angles = positions[:, None] / rates
    encoding = np.zeros((len(positions), 2 * pairs), positions.dtype)
    encoding[:, 0::2] = np.sin(angles)
    encoding[:, 1::2] = np.cos(angles)
    return encoding[:, :num_hiddens]


def position_wise_ffn(input, weight1, bias1, weight2, bias2, *, activation="relu"):
    h = dense(input, weight1, bias1)
    if activation == "gelu":
        erf = np.vectorize(math.erf)(h / math.sqrt(2)).astype(h.dtype)
        h = h * (1 + erf) / 2
    else:
        h = np.maximum(h, 0)
    return dense(h, weight2, bias2)


def dense(x, weight, bias):
    y = x @ weight.T
    return y if bias is None else y + bias


def attention(query, key, weights, hidden, nhead):
    packed, packed_bias, out, out_bias = weights
    biases = [None] * 3 if packed_bias is None else np.split(packed_bias, 3)
    sides = (query, key, key)
    q, k, v = (
        dense(x, w, b).reshape(*x.shape[:2], nhead, -1).swapaxes(1, 2)
        for x, w, b in zip(sides, np.split(packed, 3), biases)
    )
    scores = q @ k.swapaxes(2, 3) / q.dtype.type(math.sqrt(q.shape[3])) + hidden
    top = scores.max(axis=-1, keepdims=True)
    shares = np.exp(scores - np.where(np.isinf(top), 0, top))
    total = shares.sum(axis=-1, keepdims=True)
    y = (shares / np.where(total == 0, 1, total)) @ v
    return dense(y.swapaxes(1, 2).reshape(query.shape), out, out_bias)


def merged(mask, padding, nhead, dtype):
    """What to add to the scores (batch, nhead, queries, keys)."""
    hidden = np.zeros((1, 1, 1, 1), dtype)
    if padding is not None:
        hidden = hidden + np.where(padding, 0, -np.inf)[:, None, None]
    if mask is not None:
        if mask.dtype == bool:
            mask = np.where(mask, 0, -np.inf)
        heads = nhead if mask.ndim == 3 else 1
        hidden = hidden + mask.reshape(-1, heads, *mask.shape[-2:])
    return hidden.astype(dtype)


def residual(x, sublayer, norm, norm_first, eps):
    options = {"normalized_shape": x.shape[2:], "eps": eps}
    if norm_first:
        return x + sublayer(layer_norm(x, *norm, **options))
    return layer_norm(x + sublayer(x), *norm, **options)


def transformer_encoder_layer(
    src,
    src_mask,
    src_key_padding_mask,
    *weights,
    nhead,
    norm_first=False,
    activation="relu",
    layer_norm_eps=1e-5,
):
    hidden = merged(src_mask, src_key_padding_mask, nhead, src.dtype)
    sublayers = [
        lambda x: attention(x, x, weights[:4], hidden, nhead),
        lambda x: position_wise_ffn(x, *weights[4:8], activation=activation),
    ]
    for sublayer, norm in zip(sublayers, (weights[8:10], weights[10:12])):
        src = residual(src, sublayer, norm, norm_first, layer_norm_eps)
    return src


def transformer_decoder_step(
    tgt,
    memory,
    cache,
    memory_key_padding_mask,
    *weights,
    nhead,
    norm_first=False,
    activation="relu",
    layer_norm_eps=1e-5,
):
    later = np.triu(np.full((tgt.shape[1], tgt.shape[1]), -np.inf), 1)
    past = np.zeros((tgt.shape[1], cache.shape[2]))
    own = np.concatenate([past, later], axis=1).astype(tgt.dtype)
    hidden = merged(None, memory_key_padding_mask, nhead, tgt.dtype)
    grown = []
    for layer, before in enumerate(cache):
        w = weights[18 * layer : 18 * layer + 18]

        def to_itself(x, w=w, before=before):
            grown.append(np.concatenate([before, x], axis=1))
            return attention(x, grown[-1], w[:4], own, nhead)

        def to_memory(x, w=w):
            return attention(x, memory, w[4:8], hidden, nhead)

        def network(x, w=w):
            return position_wise_ffn(x, *w[8:12], activation=activation)

        for sublayer, norm in zip(
            (to_itself, to_memory, network), (w[12:14], w[14:16], w[16:18])
        ):
            tgt = residual(tgt, sublayer, norm, norm_first, layer_norm_eps)
    if len(weights) % 18:
        last = {"normalized_shape": tgt.shape[2:], "eps": layer_norm_eps}
        tgt = layer_norm(tgt, *weights[-2:], **last)
    return tgt, np.stack(grown)
