"""How often tokens follow one another, and what probabilities are made of that."""

import numpy as np

from reference.arguments import check_least, exact_rank


def tokens_by_frequency(
    corpus: np.ndarray, *, min_freq: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """List the tokens of a corpus with their counts, the most frequent first.

        counts[i] = number of t with corpus[t] = tokens[i],   ≥ min_freq
        Of equally frequent tokens, the one that appears first comes first.

    Shapes:
        corpus   (length), ints
        results  tokens, corpus' dtype, and counts, int64: (distinct tokens) both

    Raises:
        ValueError: corpus has another number of axes.

    Source: Zhang et al., "Dive into Deep Learning", first edition, on text
        preprocessing.
    """
    exact_rank("corpus", corpus, "length")
    counts = {}
    for token in corpus:
        counts[token] = counts.get(token, 0) + 1
    kept = [token for token in counts if counts[token] >= min_freq]
    kept.sort(key=lambda token: -counts[token])
    every = np.array([counts[token] for token in kept], np.int64)
    return np.array(kept, corpus.dtype), every


def n_gram_counts(corpus: np.ndarray, *, n: int, vocabulary: int) -> np.ndarray:
    """Count how often n tokens come in a row, for every n tokens that there are.

        y[v_1, …, v_n] = number of t with corpus[t : t + n] = v_1, …, v_n

    Shapes:
        corpus  (length), ints in [0, vocabulary)
        result  (vocabulary, …, vocabulary), n axes, int64

    Raises:
        ValueError: n or vocabulary is below 1, corpus has another number of axes, or
            a token is not in the vocabulary.

    Source: Zhang et al., "Dive into Deep Learning", on language models.
    """
    check_least(1, n=n, vocabulary=vocabulary)
    exact_rank("corpus", corpus, "length")
    if not all(0 <= token < vocabulary for token in corpus):
        raise ValueError(f"corpus is {corpus}; there are {vocabulary} tokens")
    y = np.zeros((vocabulary,) * n, np.int64)
    for t in range(len(corpus) - n + 1):
        y[tuple(corpus[t : t + n])] += 1
    return y


def additive_smoothing(counts: np.ndarray, *, gamma: float = 0) -> np.ndarray:
    """Estimate how probable each next token is, from how often it was next.

        y[…, v] = (counts[…, v] + gamma) / (Σ_w counts[…, w] + gamma · vocabulary)
        gamma 0 is the maximum-likelihood estimate, n(x, x') / Σ n(x, ·); 1 is Laplace's
        rule. What never came before another token has 0 / 0, NaN, without smoothing.
        Of n-gram counts it is the n-gram model: unigrams for n = 1, bigrams for n = 2.

    Shapes:
        counts  (*history, vocabulary), numbers ≥ 0
        result  the same, counts' dtype

    Raises:
        ValueError: gamma is below 0, or there are no tokens.

    Source: NLTK's nltk.lm.models.Lidstone, whose gamma this is.
    """
    if not gamma >= 0:
        raise ValueError(f"gamma is {gamma}; it must be at least 0")
    if counts.ndim < 1 or not counts.shape[-1]:
        raise ValueError(f"counts has shape {counts.shape}; there must be a token")
    y = np.zeros(counts.shape, counts.dtype)
    for h in np.ndindex(counts.shape[:-1]):
        total = sum(counts[h]) + gamma * counts.shape[-1]
        for v in range(counts.shape[-1]):
            y[*h, v] = (counts[*h, v] + gamma) / total
    return y
