"""Next-sentence prediction, by matrix products."""

import numpy as np


def next_sentence_pairs(
    paragraphs: np.ndarray, uniforms: np.ndarray, random_sentences: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    first = np.flatnonzero(np.diff(paragraphs) == 0)
    is_next = uniforms[first] < 0.5
    second = np.where(is_next, first + 1, random_sentences[first])
    return np.stack([first, second], axis=1), is_next


def bert_pooler(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None
) -> np.ndarray:
    return np.tanh(input[:, 0] @ weight.T + (0 if bias is None else bias))


def next_sentence_pred(
    input: np.ndarray,
    hidden_weight: np.ndarray,
    hidden_bias: np.ndarray | None,
    weight: np.ndarray,
    bias: np.ndarray | None,
) -> np.ndarray:
    hidden = bert_pooler(input, hidden_weight, hidden_bias)
    return hidden @ weight.T + (0 if bias is None else bias)
