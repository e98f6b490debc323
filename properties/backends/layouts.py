"""The same numbers of an array, laid out otherwise in memory."""

import numpy as np


def strided(array: np.ndarray) -> np.ndarray:
    """Every number has a stranger behind it."""
    wide = np.full((*array.shape, 2), 7, array.dtype)
    wide[..., 0] = array
    return wide[..., 0]


def offset(array: np.ndarray) -> np.ndarray:
    """The first number is not where memory was aligned."""
    flat = np.full(array.size + 1, 7, array.dtype)
    flat[1:] = array.reshape(-1)
    return flat[1:].reshape(array.shape)


def reversed_axes(array: np.ndarray) -> np.ndarray:
    """The first axis is the one whose neighbours are side by side, as in Fortran."""
    return np.array(array, order="F")


def channels_last(array: np.ndarray) -> np.ndarray:
    """So is the second axis."""
    if array.ndim < 3:
        return array
    return np.moveaxis(np.moveaxis(array, 1, -1).copy(), -1, 1)


LAYOUTS = {
    layout.__name__: layout
    for layout in (strided, offset, reversed_axes, channels_last)
}
