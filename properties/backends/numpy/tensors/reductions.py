"""NumPy's reductions under the names of reference/tensors/reductions.py."""

import numpy as np


def tensor_sum(input: np.ndarray, *, dim, keepdim: bool) -> np.ndarray:
    dtype = np.int64 if input.dtype.kind in "biu" else None
    return np.sum(input, axis(input, dim), dtype, keepdims=keepdim)


def tensor_mean(input: np.ndarray, *, dim, keepdim: bool) -> np.ndarray:
    return np.mean(input, axis(input, dim), keepdims=keepdim)


def amax(input: np.ndarray, *, dim, keepdim: bool) -> np.ndarray:
    return np.amax(input, axis(input, dim), keepdims=keepdim)


def amin(input: np.ndarray, *, dim, keepdim: bool) -> np.ndarray:
    return np.amin(input, axis(input, dim), keepdims=keepdim)


def argmax(input: np.ndarray, *, dim: int | None, keepdim: bool) -> np.ndarray:
    return np.argmax(input, axis(input, dim), keepdims=keepdim)


def argmin(input: np.ndarray, *, dim: int | None, keepdim: bool) -> np.ndarray:
    return np.argmin(input, axis(input, dim), keepdims=keepdim)


def max_along(
    input: np.ndarray, *, dim: int, keepdim: bool
) -> tuple[np.ndarray, np.ndarray]:
    options = {"axis": axis(input, dim), "keepdims": keepdim}
    return np.amax(input, **options), np.argmax(input, **options)


def min_along(
    input: np.ndarray, *, dim: int, keepdim: bool
) -> tuple[np.ndarray, np.ndarray]:
    options = {"axis": axis(input, dim), "keepdims": keepdim}
    return np.amin(input, **options), np.argmin(input, **options)


def axis(input: np.ndarray, dim: int | tuple[int, ...] | None):
    """dim as NumPy takes it: a number has no axis to name."""
    return dim if input.ndim else None
