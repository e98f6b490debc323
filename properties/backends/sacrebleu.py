"""sacrebleu's BLEU, on tokens written as words; in float64 alone, without gradients."""

from collections.abc import Iterator

import numpy as np
import sacrebleu
from sacrebleu.metrics.bleu import BLEU, BLEUScore

__version__ = sacrebleu.__version__


def dtypes(device: str) -> list[str]:
    return ["float64"]


def bleu(pred: np.ndarray, label: np.ndarray, weights: np.ndarray) -> np.ndarray:
    options = {"reference_length": "closest", "smooth_method": "none"}
    metric = metric_of(weights, smooth_value=0.1, absent_orders="zero", **options)
    return share(metric.sentence_score(written(pred), [written(label)]))


def sentence_bleu(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
    weights: np.ndarray,
    **options: str | float,
) -> np.ndarray:
    metric = metric_of(weights, **options)
    pairs = sentences(candidates, candidate_lens, references, reference_lens)
    return np.array([share(metric.sentence_score(*pair)) for pair in pairs])


def corpus_bleu(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
    weights: np.ndarray,
    **options: str | float,
) -> np.ndarray:
    metric = metric_of(weights, **options)
    pairs = sentences(candidates, candidate_lens, references, reference_lens)
    hypotheses, known = zip(*pairs)
    return share(metric.corpus_score(hypotheses, list(zip(*known))))


def sentences(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
) -> Iterator[tuple[str, list[str]]]:
    """For each sentence the candidate and its references, as text."""
    for row, n, rows, lens in zip(
        candidates, candidate_lens, references, reference_lens
    ):
        yield written(row[:n]), [written(r[:k]) for r, k in zip(rows, lens)]


def written(tokens: np.ndarray) -> str:
    return " ".join(map(str, tokens.tolist()))


def metric_of(
    weights: np.ndarray,
    *,
    reference_length: str,
    smooth_method: str,
    smooth_value: float,
    absent_orders: str,
) -> BLEU:
    if reference_length != "closest":
        raise NotImplementedError("sacrebleu takes the closest reference length")
    if absent_orders == "skip" or (weights != 1 / len(weights)).any():
        raise NotImplementedError("sacrebleu weighs all orders the same")
    return BLEU(
        tokenize="none",
        smooth_method=smooth_method,
        smooth_value=smooth_value,
        max_ngram_order=len(weights),
        effective_order=absent_orders == "reweigh",
    )


def share(score: BLEUScore) -> np.ndarray:
    return np.asarray(score.score / 100)
