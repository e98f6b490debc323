"""Somebody's language models, right: test_planted_faults.py breaks them."""

from collections import Counter

import numpy as np


def tokens_by_frequency(corpus, *, min_freq=0):
    counter = Counter(corpus.tolist())
    pairs = sorted(counter.items(), key=lambda pair: pair[1], reverse=True)
    pairs = [(token, count) for token, count in pairs if count >= min_freq]
    tokens = np.array([token for token, _ in pairs], corpus.dtype)
    return tokens, np.array([count for _, count in pairs], np.int64)


def seq_data_iter_sequential(corpus, *, batch_size, num_steps, offset):
    usable = (len(corpus) - 1 - offset) // batch_size * batch_size
    xs = corpus[offset : offset + usable].reshape(batch_size, -1)
    ys = corpus[offset + 1 : offset + 1 + usable].reshape(batch_size, -1)
    batches = xs.shape[1] // num_steps
    x = np.zeros((batches, batch_size, num_steps), corpus.dtype)
    y = np.zeros((batches, batch_size, num_steps), corpus.dtype)
    for i in range(batches):
        columns = slice(i * num_steps, (i + 1) * num_steps)
        x[i] = xs[:, columns]
        y[i] = ys[:, columns]
    return x, y


def token_perplexity(logits, tokens, *, ignore_index=-100):
    rows = logits.reshape(-1, logits.shape[-1])
    flat = tokens.reshape(-1)
    keep = flat != ignore_index
    total, count = logits.dtype.type(0), 0
    for row, token in zip(rows[keep], flat[keep]):
        shift = row.max()
        total += np.log(np.exp(row - shift).sum()) - (row[token] - shift)
        count += 1
    if count == 0:
        return np.array(np.nan, logits.dtype)
    return np.asarray(np.exp(total / count), logits.dtype)


def markov_probability(start, transition, tokens):
    tau = start.ndim
    y = np.zeros(len(tokens), start.dtype)
    for b in range(len(tokens)):
        sequence = tokens[b]
        p = start[tuple(sequence[:tau])]
        for t in range(tau, len(sequence)):
            p = p * transition[tuple(sequence[t - tau : t + 1])]
        y[b] = p
    return y
