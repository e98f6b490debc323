"""Next-token tables in NumPy under the names of reference/next_token_tables.py."""

import numpy as np


def markov_chain(
    log_start: np.ndarray, log_transition: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    log_probs = np.concatenate([log_start[:, None], log_transition], 1)
    tokens = np.arange(log_start.shape[1])
    return log_probs, np.broadcast_to(1 + tokens, log_probs.shape)


def prefix_tree(*, vocabulary: int, steps: int) -> np.ndarray:
    states = sum(vocabulary**t for t in range(steps))
    children = np.arange(1, 1 + states * vocabulary).reshape(states, vocabulary)
    return np.where(children < states, children, 0)


def sequence_log_prob(
    log_probs: np.ndarray,
    next_state: np.ndarray,
    tokens: np.ndarray,
    *,
    eos: int | None,
) -> np.ndarray:
    rows = np.arange(len(tokens))
    is_eos = tokens == (-1 if eos is None else eos)
    is_over = is_eos.cumsum(1) > is_eos
    state, total = np.zeros_like(rows), np.zeros(len(tokens), log_probs.dtype)
    for token, over in zip(tokens.T, is_over.T):
        total = total + np.where(over, 0, log_probs[rows, state, token])
        state = next_state[rows, state, token]
    return total.astype(log_probs.dtype)


def length_normalized(
    log_probs: np.ndarray, lengths: np.ndarray, *, length_penalty: float
) -> np.ndarray:
    return (log_probs / lengths.astype(float) ** length_penalty).astype(log_probs.dtype)
