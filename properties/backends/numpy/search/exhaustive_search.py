"""Exact searches in NumPy under the names of reference/exhaustive_search.py."""

import numpy as np

from properties.backends.numpy.search.beam_search import (
    has_ended,
    length_normalized_sums,
)


def exhaustive_search(
    log_probs: np.ndarray,
    next_state: np.ndarray,
    *,
    steps: int,
    eos: int | None,
    length_penalty: float,
    count_eos: bool,
) -> tuple[np.ndarray, np.ndarray]:
    batch, _, vocabulary = log_probs.shape
    rows = np.arange(batch)[:, None]
    tokens = np.indices((vocabulary,) * steps).reshape(steps, -1).T
    state = np.zeros((batch, len(tokens)), np.int64)
    total = np.zeros(state.shape, log_probs.dtype)
    is_valid = np.ones(len(tokens), bool)
    for t, token in enumerate(tokens.T):
        is_over = has_ended(tokens[:, :t], eos)
        is_valid &= ~is_over | (token == eos)
        added = np.where(is_over, total.dtype.type(0), log_probs[rows, state, token])
        total, state = total + added, next_state[rows, state, token]
    tokens, total = tokens[is_valid], total[:, is_valid]
    scores = length_normalized_sums(total, tokens, eos, length_penalty, count_eos)
    best = scores.argmax(1)
    return tokens[best], scores[rows[:, 0], best]


def viterbi(
    log_probs: np.ndarray, next_state: np.ndarray, *, steps: int
) -> tuple[np.ndarray, np.ndarray]:
    batch, states, vocabulary = log_probs.shape
    rows = np.arange(batch)
    leads = next_state.reshape(batch, 1, -1) == np.arange(states)[:, None]
    best = np.full((batch, states), -np.inf, log_probs.dtype)
    best[:, 0] = 0
    arrivals = []
    for _ in range(steps):
        ways = (best[..., None] + log_probs).reshape(batch, 1, -1)
        ways = np.where(leads, ways, -np.inf)
        arrivals.append(ways.argmax(2))
        best = ways.max(2).astype(log_probs.dtype)
    state, tokens = best.argmax(1), []
    for arrival in reversed(arrivals):
        state, token = np.divmod(arrival[rows, state], vocabulary)
        tokens.append(token)
    return np.stack(tokens[::-1], 1), best.max(1)
