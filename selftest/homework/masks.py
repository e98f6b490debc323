"""Somebody's one-file masks and embeddings, right: test_planted_faults.py breaks it."""

import numpy as np


def sequence_mask(valid_lens, *, max_len):
    return np.arange(max_len)[(None,) * valid_lens.ndim] < valid_lens[..., None]


def masked_mean(input, mask, *, dim):
    total = np.where(mask, input, 0).sum(axis=dim)
    count = mask.sum(axis=dim).astype(input.dtype)
    return total / count


def masked_max(input, mask, *, dim):
    return np.where(mask, input, -np.inf).max(axis=dim)


def masked_softmax(input, mask, *, dim):
    filled = np.where(mask, input, -np.inf)
    top = filled.max(axis=dim, keepdims=True)
    top = np.where(np.isneginf(top), 0, top)
    powers = np.exp(filled - top)
    total = powers.sum(axis=dim, keepdims=True)
    return powers / np.where(total == 0, 1, total)


def embedding_bag(
    input,
    weight,
    offsets=None,
    per_sample_weights=None,
    *,
    mode,
    include_last_offset,
    padding_idx,
):
    if offsets is None:
        offsets = np.arange(len(input) + 1) * input.shape[1]
        include_last_offset = True
        input = input.ravel()
        if per_sample_weights is not None:
            per_sample_weights = per_sample_weights.ravel()
    ends = list(offsets[1:])
    if not include_last_offset:
        ends.append(len(input))
    kept = np.ones(len(input), bool)
    if padding_idx is not None:
        kept = input != padding_idx % len(weight)
    y = np.zeros((len(ends), weight.shape[1]), weight.dtype)
    for b, (start, end) in enumerate(zip(offsets, ends)):
        seen = kept[start:end]
        rows = weight[input[start:end]]
        if per_sample_weights is not None:
            rows = rows * per_sample_weights[start:end, None]
        rows = rows[seen]
        if len(rows) == 0:
            continue
        if mode == "max":
            y[b] = rows.max(axis=0)
        elif mode == "mean":
            y[b] = rows.sum(axis=0) / weight.dtype.type(len(rows))
        else:
            y[b] = rows.sum(axis=0)
    return y
