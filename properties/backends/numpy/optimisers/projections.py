import numpy as np
from numpy import ndarray


def project_on_box(input: ndarray, lower: ndarray, upper: ndarray) -> ndarray:
    return np.clip(input, lower, upper)


def project_on_ball(input: ndarray, *, dim: int, radius: float) -> ndarray:
    norm = np.linalg.norm(input, axis=dim, keepdims=True)
    return input * (radius / np.maximum(norm, radius))


def project_on_simplex(input: ndarray, *, dim: int) -> ndarray:
    rows = np.moveaxis(input, dim, -1)
    sums = -np.sort(-rows, axis=-1)
    count = np.arange(1, rows.shape[-1] + 1).astype(input.dtype)
    threshold = ((sums.cumsum(-1) - 1) / count).max(axis=-1, keepdims=True)
    return np.moveaxis(np.maximum(rows - threshold, 0), -1, dim)
