import numpy as np


def view(input: np.ndarray, *, shape: tuple[int, ...]) -> np.ndarray:
    return input.reshape(shape)


def permute(input: np.ndarray, *, dims: tuple[int, ...]) -> np.ndarray:
    return np.transpose(input, dims)


def transpose(input: np.ndarray, *, dim0: int, dim1: int) -> np.ndarray:
    return np.swapaxes(input, dim0, dim1)


def broadcast_tensors(*tensors: np.ndarray) -> tuple[np.ndarray, ...]:
    return tuple(np.broadcast_arrays(*tensors))
