"""What BLEU is made of: n-grams that match, and lengths that are compared."""

from collections import Counter

import numpy as np

from reference.arguments import check_least, exact_rank, same_shape
from reference.evaluation.sentences import (
    check_references,
    check_sentences,
    length_to_reach,
    ngrams,
    penalty,
)


def modified_precision(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
    *,
    n: int,
) -> tuple[np.ndarray, np.ndarray]:
    """Count the n-grams of sentences, and those that references have as often.

        matches[b] = Σ_g min(count of g in candidate b, most[b, g])
        counts[b]  = Σ_g count of g in candidate b = max(candidate_lens[b] − n + 1, 0)
        most[b, g] = max_r count of g in reference r of b;  g is any n tokens in a row
        p_n = matches / counts;  of a corpus, Σ_b matches[b] / Σ_b counts[b]

    Shapes:
        candidates      (batch, length), ints
        candidate_lens  (batch), ints: tokens after so many are padding
        references      (batch, references, length), ints
        reference_lens  (batch, references), ints
        result          matches (batch) and counts (batch), int64

    Units: n-grams. A sentence of fewer than n tokens has none of them.

    Raises:
        ValueError: n is below 1, there is no reference, shapes do not fit each other,
            or a length is negative or beyond the padding.

    Source: Papineni, Roukos, Ward and Zhu, "BLEU: a Method for Automatic Evaluation of
        Machine Translation" (ACL 2002), section 2.1.
    """
    check_least(1, n=n)
    check_sentences(candidates, candidate_lens, references, reference_lens)
    matches = np.zeros(len(candidates), np.int64)
    counts = np.zeros(len(candidates), np.int64)
    for b, (candidate, length) in enumerate(zip(candidates, candidate_lens)):
        most = Counter()
        for reference, reference_length in zip(references[b], reference_lens[b]):
            most |= ngrams(reference[:reference_length], n)  # keeps the larger count
        for gram, count in ngrams(candidate[:length], n).items():
            counts[b] += count
            matches[b] += min(count, most[gram])
    return matches, counts


def brevity_penalty(
    candidate_lens: np.ndarray, reference_lens: np.ndarray
) -> np.ndarray:
    """Say by what a precision is multiplied where candidates are too short.

        y[i] = exp(min(0, 1 − r[i] / c[i])),  or 0 if c[i] = 0;  c, r the lengths

    Shapes:
        candidate_lens  any, whole numbers ≥ 0 as floating ones; of a corpus, their sum
        reference_lens  the same: effective lengths, see `effective_reference_length`
        result          as candidate_lens, candidate_lens' dtype

    Units: tokens; the result is a factor in [0, 1].

    Raises:
        ValueError: different shapes.

    Source: Papineni et al., "BLEU" (ACL 2002), section 2.2.2; an empty candidate is as
        NLTK's brevity_penalty has it.
    """
    same_shape("candidate_lens and reference_lens", candidate_lens, reference_lens)
    y = np.zeros(candidate_lens.shape, candidate_lens.dtype)
    for i in np.ndindex(y.shape):
        y[i] = penalty(candidate_lens[i], reference_lens[i])
    return y


def effective_reference_length(
    candidate_lens: np.ndarray, reference_lens: np.ndarray, *, method: str = "closest"
) -> np.ndarray:
    """Choose the length that a candidate's is compared with, of several references.

        closest   the reference's length that is nearest, the shorter one of two
        shortest  min_r reference_lens[b, r]
        average   Σ_r reference_lens[b, r] / references

    Papineni's is the closest, and so are NLTK's and sacrebleu's.

    Shapes:
        candidate_lens  (batch), whole numbers as floating ones
        reference_lens  (batch, references), the same
        result          (batch), candidate_lens' dtype

    Units: tokens.

    Raises:
        ValueError: an unknown method, no references, or not as many candidates.

    Source: Papineni et al., "BLEU" (ACL 2002), section 2.2.2, "best match length";
        Leusch et al., "Preprocessing and Normalization for Automatic Evaluation of
        Machine Translation" (2005), on the other two.
    """
    exact_rank("candidate_lens", candidate_lens, "batch")
    exact_rank("reference_lens", reference_lens, "batch references")
    check_references(len(candidate_lens), reference_lens)
    y = np.zeros(candidate_lens.shape, candidate_lens.dtype)
    for b, length in enumerate(candidate_lens):
        y[b] = length_to_reach(length, reference_lens[b], method)
    return y
