"""Counts of tokens in PyTorch under the names of reference/text/counts.py."""

import torch
from torch import Tensor


def tokens_by_frequency(corpus: Tensor, *, min_freq: int) -> tuple[Tensor, Tensor]:
    tokens, places, counts = corpus.unique(return_inverse=True, return_counts=True)
    times = torch.arange(len(corpus), device=corpus.device)
    first = times.new_full(tokens.shape, len(corpus))
    first = first.scatter_reduce(0, places, times, "amin").argsort()
    order = first[counts[first].argsort(descending=True, stable=True)]
    order = order[counts[order] >= min_freq]
    return tokens[order], counts[order]


def n_gram_counts(corpus: Tensor, *, n: int, vocabulary: int) -> Tensor:
    if len(corpus) < n:
        return corpus.new_zeros([vocabulary] * n)
    powers = vocabulary ** torch.arange(n - 1, -1, -1, device=corpus.device)
    places = (corpus.unfold(0, n, 1) * powers).sum(1)
    return places.bincount(minlength=vocabulary**n).reshape([vocabulary] * n)


def additive_smoothing(counts: Tensor, *, gamma: float) -> Tensor:
    raised = counts + gamma
    return raised / raised.sum(-1, keepdim=True)
