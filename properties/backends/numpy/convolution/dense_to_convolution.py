"""From a fully connected layer to a convolution, vectorized."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def fully_connected_layer(
    x: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    return np.tensordot(weight, x, x.ndim) + bias


def recentered_weight(weight: np.ndarray) -> np.ndarray:
    size = weight.shape[: weight.ndim // 2]
    padded = np.pad(weight, [(0, 0) for _ in size] + [(n - 1, n - 1) for n in size])
    grid = np.ix_(*map(np.arange, size), *(np.arange(2 * n - 1) for n in size))
    i, a = grid[: len(size)], grid[len(size) :]
    return padded[(*i, *(start + offset for start, offset in zip(i, a)))]


def recentered_layer(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    padded = np.pad(x, [(n - 1, n - 1) for n in x.shape])
    windows = sliding_window_view(padded, [2 * n - 1 for n in x.shape])
    return bias + (windows * weight).sum(axis=tuple(range(x.ndim, 2 * x.ndim)))


def translation_invariant_layer(
    x: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    return local_layer(x, weight, bias)


def local_layer(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    padded = np.pad(x, [(k // 2, k // 2) for k in weight.shape])
    windows = sliding_window_view(padded, weight.shape)
    return bias + np.tensordot(windows, weight, x.ndim)


def centered_convolution(x: np.ndarray, weight: np.ndarray) -> np.ndarray:
    height, width = weight.shape[:2]
    padded = np.pad(x, [(height // 2,) * 2, (width // 2,) * 2, (0, 0)])
    windows = sliding_window_view(padded, (height, width), (0, 1))
    return np.einsum("ijcpq,pqcd->ijd", windows, weight)
