"""N-grams in NumPy, by numbers for them, as reference/modified_precision.py."""

import numpy as np


def modified_precision(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
    *,
    n: int,
) -> tuple[np.ndarray, np.ndarray]:
    grams, there = ngram_windows(candidates[:, None], candidate_lens[:, None], n)
    known, known_there = ngram_windows(references, reference_lens, n)
    every = np.concatenate([grams.reshape(-1, n), known.reshape(-1, n)])
    different, numbers = np.unique(every, axis=0, return_inverse=True)
    mine, theirs = np.split(numbers.reshape(-1), [there.size])
    have = count_of_each(mine.reshape(there.shape), there, len(different))[:, 0]
    most = count_of_each(theirs.reshape(known_there.shape), known_there, len(different))
    return np.minimum(have, most.max(1)).sum(-1), have.sum(-1)


def ngram_windows(
    sentences: np.ndarray, lens: np.ndarray, n: int
) -> tuple[np.ndarray, np.ndarray]:
    """The n tokens from each place on, and whether they are all in the sentence."""
    length = sentences.shape[-1]
    longer = np.pad(sentences, [(0, 0), (0, 0), (0, n)])
    grams = np.lib.stride_tricks.sliding_window_view(longer, n, -1)[..., :length, :]
    return grams, np.arange(length) + n <= lens[..., None]


def count_of_each(numbers: np.ndarray, there: np.ndarray, kinds: int) -> np.ndarray:
    """How often each number is there, for each sentence."""
    counts = np.zeros((*numbers.shape[:-1], kinds), np.int64)
    np.add.at(counts, (*np.nonzero(there)[:-1], numbers[there]), 1)
    return counts


def brevity_penalty(
    candidate_lens: np.ndarray, reference_lens: np.ndarray
) -> np.ndarray:
    penalty = np.exp(np.minimum(0, 1 - reference_lens / candidate_lens))
    return np.where(candidate_lens > 0, penalty, candidate_lens.dtype.type(0))


def effective_reference_length(
    candidate_lens: np.ndarray, reference_lens: np.ndarray, *, method: str
) -> np.ndarray:
    if method == "average":
        return reference_lens.mean(1, dtype=candidate_lens.dtype)
    shorter_first = np.sort(reference_lens, 1)
    nearest = np.abs(shorter_first - candidate_lens[:, None]).argmin(1)
    chosen = np.zeros_like(nearest) if method == "shortest" else nearest
    return np.take_along_axis(shorter_first, chosen[:, None], 1)[:, 0]
