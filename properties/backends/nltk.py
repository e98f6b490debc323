"""NLTK's BLEU, on tokens as they are; in float64 alone, without gradients."""

import nltk
import numpy as np
from nltk.translate import bleu_score

__version__ = nltk.__version__


def dtypes(device: str) -> list[str]:
    return ["float64"]


def modified_precision(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
    *,
    n: int,
) -> tuple[np.ndarray, np.ndarray]:
    pairs = sentences(candidates, candidate_lens, references, reference_lens)
    found = [bleu_score.modified_precision(*pair, n) for pair in pairs]
    # Where there are no n-grams, NLTK's denominator is 1, "to avoid ZeroDivisionError".
    counts = [f.denominator * (k >= n) for f, k in zip(found, candidate_lens)]
    return np.array([f.numerator for f in found], int), np.array(counts, int)


def brevity_penalty(
    candidate_lens: np.ndarray, reference_lens: np.ndarray
) -> np.ndarray:
    pairs = zip(reference_lens.tolist(), candidate_lens.tolist())
    return np.array([bleu_score.brevity_penalty(*pair) for pair in pairs], float)


def effective_reference_length(
    candidate_lens: np.ndarray, reference_lens: np.ndarray, *, method: str
) -> np.ndarray:
    check_closest(method)
    closest = [
        bleu_score.closest_ref_length([range(n) for n in lens], length)
        for length, lens in zip(candidate_lens.astype(int), reference_lens.astype(int))
    ]
    return np.array(closest, float)


def bleu(pred: np.ndarray, label: np.ndarray, weights: np.ndarray) -> np.ndarray:
    pair = [label.tolist()], pred.tolist()
    return np.asarray(bleu_score.sentence_bleu(*pair, tuple(weights.tolist())), float)


def sentence_bleu(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
    weights: np.ndarray,
    **options: str | float,
) -> np.ndarray:
    smoothing = smoothing_function(**options)
    pairs = sentences(candidates, candidate_lens, references, reference_lens)
    scores = [
        bleu_score.sentence_bleu(*pair, tuple(weights.tolist()), smoothing)
        for pair in pairs
    ]
    return np.array(scores, float)


def corpus_bleu(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
    weights: np.ndarray,
    **options: str | float,
) -> np.ndarray:
    smoothing = smoothing_function(**options)
    pairs = sentences(candidates, candidate_lens, references, reference_lens)
    lists = [list(part) for part in zip(*pairs)]
    score = bleu_score.corpus_bleu(*lists, tuple(weights.tolist()), smoothing)
    return np.asarray(score, float)


def sentences(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
) -> list[tuple[list[list[int]], list[int]]]:
    """For each sentence its references and the candidate, as lists of tokens."""
    known = [
        [row[:n].tolist() for row, n in zip(*pair)]
        for pair in zip(references, reference_lens)
    ]
    return [
        (rows, row[:n].tolist())
        for rows, row, n in zip(known, candidates, candidate_lens)
    ]


def smoothing_function(
    *,
    reference_length: str,
    smooth_method: str,
    smooth_value: float,
    absent_orders: str,
):
    check_closest(reference_length)
    if absent_orders != "zero":
        raise NotImplementedError("NLTK has no choice about orders without n-grams")
    if smooth_method == "add-k" and smooth_value != 1:
        raise NotImplementedError("NLTK's method2 adds 1")
    methods = bleu_score.SmoothingFunction(epsilon=smooth_value)
    return {
        "none": methods.method0,
        "floor": methods.method1,
        "add-k": methods.method2,
        "exp": methods.method3,
    }[smooth_method]


def check_closest(method: str) -> None:
    if method != "closest":
        raise NotImplementedError("NLTK takes the closest reference length")
