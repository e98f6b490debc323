"""Subsequences in NumPy under the names of reference/text/subsequences.py."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def lagged_features(input: np.ndarray, *, tau: int) -> tuple[np.ndarray, np.ndarray]:
    return sliding_window_view(input, tau)[: len(input) - tau], input[tau:]


def seq_data_iter_random(
    corpus: np.ndarray,
    order: np.ndarray,
    *,
    batch_size: int,
    num_steps: int,
    offset: int,
) -> tuple[np.ndarray, np.ndarray]:
    batches = len(order) // batch_size
    used = order[: batches * batch_size].reshape(batches, batch_size, 1)
    places = offset + used * num_steps + np.arange(num_steps)
    return corpus[places], corpus[places + 1]


def seq_data_iter_sequential(
    corpus: np.ndarray, *, batch_size: int, num_steps: int, offset: int
) -> tuple[np.ndarray, np.ndarray]:
    row = (len(corpus) - offset - 1) // batch_size
    batch, lane, step = np.indices((row // num_steps, batch_size, num_steps))
    places = offset + lane * row + batch * num_steps + step
    return corpus[places], corpus[places + 1]
