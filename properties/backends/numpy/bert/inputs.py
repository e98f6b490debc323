"""What BERT reads, by joining and padding."""

import numpy as np


def get_tokens_and_segments(
    tokens_a: np.ndarray, tokens_b: np.ndarray | None = None, *, cls: int, sep: int
) -> tuple[np.ndarray, np.ndarray]:
    first = np.array([cls, *tokens_a, sep])
    second = np.array([] if tokens_b is None else [*tokens_b, sep], np.int64)
    return np.concatenate([first, second]), np.repeat([0, 1], [len(first), len(second)])


def pad_bert_input(
    tokens: np.ndarray,
    segments: np.ndarray,
    pred_positions: np.ndarray,
    labels: np.ndarray,
    *,
    max_len: int,
    max_preds: int,
    padding: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    short, few = (0, max_len - len(tokens)), (0, max_preds - len(labels))
    return (
        np.pad(tokens, short, constant_values=padding),
        np.pad(segments, short),
        np.array(len(tokens)),
        np.pad(pred_positions, few),
        np.arange(max_preds) < len(labels),
        np.pad(labels, few),
    )
