"""Searches in NumPy, batched, under the names of reference/beam_search.py."""

import numpy as np


def greedy_search(
    log_probs: np.ndarray, next_state: np.ndarray, *, steps: int, eos: int | None
) -> tuple[np.ndarray, np.ndarray]:
    rows = np.arange(len(log_probs))
    state, total = np.zeros_like(rows), np.zeros(len(rows), log_probs.dtype)
    tokens = np.zeros((len(rows), 0), np.int64)
    for _ in range(steps):
        is_over = has_ended(tokens, eos)
        token = np.where(is_over, eos or 0, log_probs[rows, state].argmax(-1))
        added = log_probs[rows, state, token]
        total = total + np.where(is_over, total.dtype.type(0), added)
        state = next_state[rows, state, token]
        tokens = np.column_stack([tokens, token])
    return tokens, total


def beam_search(
    log_probs: np.ndarray,
    next_state: np.ndarray,
    *,
    steps: int,
    num_beams: int,
    eos: int | None,
    length_penalty: float,
    count_eos: bool,
) -> tuple[np.ndarray, np.ndarray]:
    batch, _, vocabulary = log_probs.shape
    rows = np.arange(batch)[:, None]
    tokens = np.zeros((batch, 1, 0), np.int64)
    state, total = np.zeros((batch, 1), int), np.zeros((batch, 1), log_probs.dtype)
    for _ in range(steps):
        is_over = has_ended(tokens, eos)[..., None]
        is_none = is_over & (np.arange(vocabulary) != eos)
        added = np.where(is_over, log_probs.dtype.type(0), log_probs[rows, state])
        longer = total[..., None] + added
        keys = -longer.reshape(batch, -1), is_none.reshape(batch, -1)
        count = min(num_beams, (~keys[1]).sum(1).min())
        best, token = np.divmod(np.lexsort(keys)[:, :count], vocabulary)
        total, state = longer[rows, best, token], next_state[rows, state[rows, best]]
        state = np.take_along_axis(state, token[..., None], 2)[..., 0]
        tokens = np.concatenate([tokens[rows, best], token[..., None]], 2)
    scores = length_normalized_sums(total, tokens, eos, length_penalty, count_eos)
    order = np.argsort(-scores, 1, stable=True)
    return tokens[rows, order], scores[rows, order]


def has_ended(tokens: np.ndarray, eos: int | None) -> np.ndarray:
    return (tokens == (-1 if eos is None else eos)).any(-1)


def length_normalized_sums(
    total: np.ndarray,
    tokens: np.ndarray,
    eos: int | None,
    length_penalty: float,
    count_eos: bool,
) -> np.ndarray:
    lengths = (tokens != (-1 if eos is None else eos)).sum(-1)
    lengths = np.maximum(1, lengths + count_eos * has_ended(tokens, eos))
    return (total / lengths.astype(float) ** length_penalty).astype(total.dtype)
