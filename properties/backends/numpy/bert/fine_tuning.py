"""Heads of fine-tuning, by matrix products."""

import numpy as np

from properties.backends.numpy.classification.cross_entropy import cross_entropy


def classify_sentences(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None
) -> np.ndarray:
    return input[:, 0] @ weight.T + (0 if bias is None else bias)


def tag_tokens(
    input: np.ndarray, mask: np.ndarray, weight: np.ndarray, bias: np.ndarray | None
) -> np.ndarray:
    return input[mask] @ weight.T + (0 if bias is None else bias)


def span_logits(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    scores = input @ weight.T + (0 if bias is None else bias)
    return scores[..., 0], scores[..., 1]


def best_span(
    start: np.ndarray,
    end: np.ndarray,
    mask: np.ndarray,
    *,
    max_answer_length: int | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    length = start.shape[1]
    steps = np.arange(length) - np.arange(length)[:, None]
    allowed = mask[:, :, None] & mask[:, None] & (steps >= 0)
    if max_answer_length is not None:
        allowed &= steps < max_answer_length
    scores = np.where(allowed, start[:, :, None] + end[:, None], -np.inf)
    best = scores.reshape(len(scores), length * length).argmax(axis=1)
    spans = np.stack(np.unravel_index(best, (length, length)), axis=1)
    rows = np.arange(len(scores))
    return spans, scores[rows, spans[:, 0], spans[:, 1]]


def span_loss(
    start: np.ndarray,
    end: np.ndarray,
    start_positions: np.ndarray,
    end_positions: np.ndarray,
) -> np.ndarray:
    first = cross_entropy(start, start_positions)
    return (first + cross_entropy(end, end_positions)) / 2
