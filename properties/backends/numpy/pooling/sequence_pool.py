"""Pooling over the valid steps of sequences, on NumPy's reductions."""

import numpy as np


def sequence_avg_pool(
    input: np.ndarray, valid_lens: np.ndarray | None = None
) -> np.ndarray:
    return input.mean(axis=1, where=_is_valid(input, valid_lens))


def sequence_max_pool(
    input: np.ndarray, valid_lens: np.ndarray | None = None
) -> np.ndarray:
    return input.max(axis=1, where=_is_valid(input, valid_lens), initial=-np.inf)


def _is_valid(input: np.ndarray, valid_lens: np.ndarray | None) -> np.ndarray:
    lens = np.full(len(input), input.shape[1]) if valid_lens is None else valid_lens
    return (np.arange(input.shape[1]) < lens[:, None])[:, :, None]
