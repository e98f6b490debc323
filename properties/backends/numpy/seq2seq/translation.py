"""Minibatches of ids by NumPy."""

import numpy as np


def build_array_nmt(
    *sequences: np.ndarray, num_steps: int, eos: int, padding: int
) -> tuple[np.ndarray, np.ndarray]:
    lens = np.array([len(sequence) for sequence in sequences])
    y = np.full((len(lens), max(lens) + 1 + num_steps), padding, sequences[0].dtype)
    y[np.arange(y.shape[1]) < lens[:, None]] = np.concatenate(sequences)
    y[np.arange(len(y)), lens] = eos
    return y[:, :num_steps], np.minimum(lens + 1, num_steps)


def split_batches(
    order: np.ndarray, *, batch_size: int, drop_last: bool
) -> tuple[np.ndarray, ...]:
    whole = len(order) // batch_size * batch_size
    batches = [*order[:whole].reshape(-1, batch_size)]
    if len(order) > whole and not drop_last:
        batches.append(order[whole:])
    return tuple(batches)
