"""NumPy's joining and splitting, named as in reference/tensors/joining.py."""

import numpy as np


def cat(*tensors: np.ndarray, dim: int) -> np.ndarray:
    return np.concatenate(tensors, dim)


def stack(*tensors: np.ndarray, dim: int) -> np.ndarray:
    return np.stack(tensors, dim)


def split(input: np.ndarray, *, split_size: int, dim: int) -> tuple[np.ndarray, ...]:
    return tuple(
        np.split(input, np.arange(split_size, input.shape[dim], split_size), dim)
    )


def tensor_split(
    input: np.ndarray, *, sections: int, dim: int
) -> tuple[np.ndarray, ...]:
    return tuple(np.array_split(input, sections, dim))
