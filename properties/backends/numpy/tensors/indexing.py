import numpy as np


def select(input: np.ndarray, *, dim: int, index: int) -> np.ndarray:
    return np.moveaxis(input, dim, 0)[index, ...]


def slice_along(
    input: np.ndarray, *, dim: int, start: int, stop: int, step: int
) -> np.ndarray:
    return np.moveaxis(np.moveaxis(input, dim, 0)[start:stop:step], 0, dim)


def slice_scatter(
    input: np.ndarray, src: np.ndarray, *, dim: int, start: int, stop: int, step: int
) -> np.ndarray:
    base = input.copy()
    np.moveaxis(base, dim, 0)[start:stop:step] = np.moveaxis(src, dim, 0)
    return base


def integer_index(input: np.ndarray, *indices: np.ndarray) -> np.ndarray:
    return input[indices]


def masked_select(input: np.ndarray, mask: np.ndarray) -> np.ndarray:
    return input[mask]


def masked_fill(input: np.ndarray, mask: np.ndarray, *, value: float) -> np.ndarray:
    return np.where(mask, input.dtype.type(value), input)


def batch_gather(input: np.ndarray, positions: np.ndarray) -> np.ndarray:
    return input[np.arange(len(input))[:, None], positions]


def repeat_interleave(input: np.ndarray, *, repeats: int, dim: int) -> np.ndarray:
    return np.repeat(input, repeats, axis=dim)


def one_hot(input: np.ndarray, *, num_classes: int) -> np.ndarray:
    return np.eye(num_classes, dtype=np.int64)[input]
