"""Somebody's one-file translation, right: test_planted_faults.py breaks it."""

import numpy as np
from scipy.special import log_softmax, softmax


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def step(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    own = x @ weight_ih.T + (0 if bias_ih is None else bias_ih)
    back = h @ weight_hh.T + (0 if bias_hh is None else bias_hh)
    own, back = np.split(own, 3, axis=-1), np.split(back, 3, axis=-1)
    r, z = sigmoid(own[0] + back[0]), sigmoid(own[1] + back[1])
    n = np.tanh(own[2] + r * back[2])
    return (1 - z) * n + z * h


def all_layers(x, state, weights):
    after = []
    for k, h in enumerate(state):
        x = step(x, h, *weights[4 * k : 4 * k + 4])
        after.append(x)
    return x, np.stack(after)


def seq2seq_encoder(
    tokens, valid_lens, embeddings, *weights, num_layers=1, bidirectional=False
):
    batch, time = tokens.shape
    lens = np.full(batch, time) if valid_lens is None else valid_lens
    x, ends = embeddings[tokens.T], []
    for _ in range(num_layers):
        outputs = []
        for direction in range(1 + bidirectional):
            own = weights[4 * len(ends) : 4 * len(ends) + 4]
            h = np.zeros((batch, own[1].shape[1]), embeddings.dtype)
            y = np.zeros((time, *h.shape), embeddings.dtype)
            for t in range(time)[::-1] if direction else range(time):
                runs = (t < lens)[:, None]
                h = np.where(runs, step(x[t], h, *own), h)
                y[t] = np.where(runs, h, 0)
            outputs.append(y)
            ends.append(h)
        x = np.concatenate(outputs, axis=-1)
    state = np.stack(ends)
    return x, state


def seq2seq_decoder(
    tokens, context, hx, embeddings, weight, bias, *weights, num_layers=1
):
    logits, state = [], hx
    for token in tokens.T:
        x = embeddings[token]
        if context is not None:
            x = np.concatenate([x, context], axis=1)
        h, state = all_layers(x, state, weights)
        logits.append(h @ weight.T + bias)
    y = np.stack(logits, axis=1)
    return y, state


def bahdanau_decoder(
    tokens,
    enc_outputs,
    hx,
    valid_lens,
    embeddings,
    w_q,
    w_k,
    w_v,
    weight,
    bias,
    *weights,
    num_layers=1,
):
    batch, keys, _ = enc_outputs.shape
    lens = np.full(batch, keys) if valid_lens is None else valid_lens
    shown = np.arange(keys) < lens[:, None]
    logits, rows, state = [], [], hx
    for token in tokens.T:
        query = state[-1] @ w_q.T
        scores = np.tanh(query[:, None] + enc_outputs @ w_k.T) @ w_v
        low = scores.dtype.type(-np.inf)
        scores = np.where(shown | ~shown.any(1, keepdims=True), scores, low)
        a = softmax(scores, axis=1) * shown
        context = np.einsum("nj,njd->nd", a, enc_outputs)
        x = np.concatenate([context, embeddings[token]], axis=1)
        h, state = all_layers(x, state, weights)
        logits.append(h @ weight.T + bias)
        rows.append(a)
    attention = np.stack(rows, axis=1)
    return np.stack(logits, axis=1), state, attention


def masked_cross_entropy(input, target, valid_lens, *, reduction="mean"):
    counts = np.arange(target.shape[1]) < valid_lens[:, None]
    log_probs = log_softmax(input, axis=-1)
    rows = np.take_along_axis(log_probs, target[..., None], axis=-1)
    losses = np.where(counts, -rows[..., 0], input.dtype.type(0))
    if reduction == "none":
        return losses
    if reduction == "steps":
        return losses.sum(axis=1) / input.dtype.type(target.shape[1])
    total = losses.sum()
    if reduction == "mean":
        total = (
            total / input.dtype.type(counts.sum()) if counts.any() else total * np.nan
        )
    return total


def build_array_nmt(*sequences, num_steps, eos, padding):
    y = np.full((len(sequences), num_steps), padding)
    for n, sequence in enumerate(sequences):
        ended = np.append(sequence, eos)[:num_steps]
        y[n, : len(ended)] = ended
    lens = np.array([min(len(s) + 1, num_steps) for s in sequences])
    return y, lens
