"""Somebody's one-file BERT, right: test_planted_faults.py breaks it."""

import math

import numpy as np


def get_tokens_and_segments(tokens_a, tokens_b=None, *, cls, sep):
    tokens = [cls, *tokens_a, sep]
    segments = [0] * (len(tokens_a) + 2)
    if tokens_b is not None:
        tokens += [*tokens_b, sep]
        segments += [1] * (len(tokens_b) + 1)
    return np.array(tokens, np.int64), np.array(segments, np.int64)


def normed(x, weight, bias, eps):
    centered = x - x.mean(axis=-1, keepdims=True)
    variance = (centered**2).mean(axis=-1, keepdims=True)
    return centered / np.sqrt(variance + eps) * weight + bias


def bert_embedding(
    tokens,
    segments,
    token_weight,
    segment_weight,
    pos_embedding,
    norm_weight=None,
    norm_bias=None,
    *,
    eps=1e-12,
):
    x = token_weight[tokens] + segment_weight[segments]
    x = x + pos_embedding[:, : tokens.shape[1]]
    if norm_weight is not None:
        x = normed(x, norm_weight, norm_bias, eps)
    return x


def select_mlm_positions(uniforms, candidates, counts):
    chosen = np.zeros(uniforms.shape, bool)
    for n, row in enumerate(uniforms):
        order = np.argsort(row, kind="stable")
        order = order[candidates[n, order]]
        chosen[n, order[: counts[n]]] = True
    return chosen


def mask_tokens(
    tokens,
    selected,
    uniforms,
    random_tokens,
    *,
    mask,
    mask_share=0.8,
    random_share=0.1,
    ignore_index=-100,
):
    hidden = selected & (uniforms < mask_share)
    other = selected & ~hidden & (uniforms < mask_share + random_share)
    inputs = tokens.copy()
    inputs[hidden] = mask
    inputs[other] = random_tokens[other]
    labels = np.where(selected, tokens, ignore_index)
    return inputs, labels


def mask_lm(
    input,
    pred_positions,
    weight1,
    bias1,
    norm_weight,
    norm_bias,
    weight2,
    bias2,
    *,
    activation="relu",
    eps=1e-5,
):
    rows = np.arange(len(input))[:, None]
    h = input[rows, pred_positions] @ weight1.T + bias1
    if activation == "gelu":
        erf = np.vectorize(math.erf, [float])(h / math.sqrt(2)).astype(h.dtype)
        h = h * (1 + erf) / 2
    else:
        h = np.maximum(h, 0)
    return normed(h, norm_weight, norm_bias, eps) @ weight2.T + bias2


def mlm_loss(input, target, mask, *, eps=0.0):
    z = input - input.max(axis=-1, keepdims=True)
    log_probs = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    losses = -np.take_along_axis(log_probs, target[..., None], axis=-1)[..., 0]
    total = np.where(mask, losses, 0).sum()
    return (total / (mask.sum() + eps)).astype(input.dtype)


def best_span(start, end, mask, *, max_answer_length=None):
    batch, length = start.shape
    spans, scores = np.zeros((batch, 2), np.int64), np.zeros(batch, start.dtype)
    for n in range(batch):
        best = -np.inf
        for i in np.flatnonzero(mask[n]):
            last = length if max_answer_length is None else i + max_answer_length
            for j in range(i, min(last, length)):
                score = start[n, i] + end[n, j]
                if mask[n, j] and score > best:
                    best, spans[n] = score, (i, j)
        scores[n] = best
    return spans, scores
