"""Parts of what compares sentences: their n-grams, and their lengths."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from reference.arguments import exact_rank


def penalty(candidate_length, reference_length):
    if not candidate_length > 0:
        return 0
    return np.exp(np.minimum(0, 1 - reference_length / candidate_length))


def length_to_reach(length, lens: Sequence, method: str):
    """One candidate's `effective_reference_length`."""
    if method == "closest":
        return min(lens, key=lambda other: (abs(other - length), other))
    if method == "shortest":
        return min(lens)
    if method == "average":
        return sum(lens) / len(lens)
    raise ValueError(
        f'the reference length is {method!r}; it must be "closest", "shortest" '
        'or "average"'
    )


def ngrams(tokens: np.ndarray, n: int) -> Counter:
    """Count the runs of n tokens."""
    words = tokens.tolist()
    return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))


def check_sentences(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
) -> None:
    exact_rank("candidates", candidates, "batch length")
    exact_rank("references", references, "batch references length")
    check_references(len(candidates), reference_lens)
    for name, lens, sentences in (
        ("candidate_lens", candidate_lens, candidates),
        ("reference_lens", reference_lens, references),
    ):
        if lens.shape != sentences.shape[:-1]:
            raise ValueError(
                f"{name} has shape {lens.shape}; it must be {sentences.shape[:-1]}"
            )
        if not all(0 <= length <= sentences.shape[-1] for length in lens.flat):
            raise ValueError(
                f"{name} is {lens}; each must be from 0 to {sentences.shape[-1]}"
            )


def check_references(candidates: int, reference_lens: np.ndarray) -> None:
    if reference_lens.shape[0] != candidates or reference_lens.shape[1] == 0:
        raise ValueError(
            f"reference_lens has shape {reference_lens.shape}; "
            f"it must be ({candidates}, references), and references at least 1"
        )
