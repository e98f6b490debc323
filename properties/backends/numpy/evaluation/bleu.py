"""BLEU in NumPy under the names of reference/bleu.py."""

import numpy as np

from properties.backends.numpy.evaluation.modified_precision import (
    brevity_penalty,
    effective_reference_length,
    modified_precision,
)


def bleu(pred: np.ndarray, label: np.ndarray, weights: np.ndarray) -> np.ndarray:
    one = np.array([len(pred)]), np.array([[len(label)]])
    options = {"reference_length": "closest", "smooth_method": "none"}
    options |= {"smooth_value": 1.0, "absent_orders": "zero"}
    sentences = pred[None], one[0], label[None, None], one[1]
    return corpus_bleu(*sentences, weights, **options)


def sentence_bleu(*tensors: np.ndarray, **options: str | float) -> np.ndarray:
    return bleu_of(*bleu_statistics(*tensors, options["reference_length"]), **options)


def corpus_bleu(*tensors: np.ndarray, **options: str | float) -> np.ndarray:
    *counts, weights = bleu_statistics(*tensors, options["reference_length"])
    return bleu_of(*[c.sum(-1, keepdims=True) for c in counts], weights, **options)[0]


def bleu_statistics(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
    weights: np.ndarray,
    method: str,
) -> tuple[np.ndarray, ...]:
    """Matches and counts (orders, batch), lengths (batch), and the weights."""
    sentences = candidates, candidate_lens, references, reference_lens
    orders = range(1, len(weights) + 1)
    matches, counts = zip(*(modified_precision(*sentences, n=n) for n in orders))
    lens = candidate_lens.astype(weights.dtype), reference_lens.astype(weights.dtype)
    reached = effective_reference_length(*lens, method=method)
    return np.array(matches), np.array(counts), lens[0], reached, weights


def bleu_of(
    matches: np.ndarray,
    counts: np.ndarray,
    length: np.ndarray,
    reached: np.ndarray,
    weights: np.ndarray,
    *,
    smooth_method: str,
    smooth_value: float,
    absent_orders: str,
    reference_length: str,
) -> np.ndarray:
    """BLEU from its statistics: orders first, sentences last."""
    has_match, missed = matches[0] > 0, (matches == 0) & (counts > 0)
    if smooth_method == "add-k":
        added = np.where(np.arange(len(weights)) > 0, smooth_value, 0)[:, None]
        matches, counts = matches + added, counts + added
    filled = {"floor": smooth_value, "exp": 0.5 ** missed.cumsum(0)}
    matches = np.where(missed, filled.get(smooth_method, matches), matches)
    present = (counts > 0) | (absent_orders == "zero")
    exponents = weights[:, None].astype(np.float64) * present
    if absent_orders == "reweigh":
        exponents *= weights.sum(dtype=np.float64) / exponents.sum(0)
    powers = np.where(counts > 0, matches / counts, 0) ** exponents
    product = powers.prod(0) * brevity_penalty(length, reached)
    return np.where(has_match, product, 0).astype(weights.dtype)
