"""Counts of tokens in NumPy under the names of reference/text/counts.py."""

import numpy as np


def tokens_by_frequency(
    corpus: np.ndarray, *, min_freq: int
) -> tuple[np.ndarray, np.ndarray]:
    tokens, first, counts = np.unique(corpus, return_index=True, return_counts=True)
    order = np.lexsort((first, -counts))
    order = order[counts[order] >= min_freq]
    return tokens[order], counts[order]


def n_gram_counts(corpus: np.ndarray, *, n: int, vocabulary: int) -> np.ndarray:
    counts = np.zeros([vocabulary] * n, np.int64)
    if len(corpus) >= n:
        rows = np.lib.stride_tricks.sliding_window_view(corpus, n)
        np.add.at(counts, tuple(rows.T), 1)
    return counts


def additive_smoothing(counts: np.ndarray, *, gamma: float) -> np.ndarray:
    raised = counts + counts.dtype.type(gamma)
    return raised / raised.sum(-1, keepdims=True)
