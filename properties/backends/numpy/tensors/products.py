"""NumPy's products under the names of reference/tensors/products.py."""

import numpy as np


def dot(input: np.ndarray, tensor: np.ndarray) -> np.ndarray:
    return np.dot(input, tensor)


def mv(input: np.ndarray, vec: np.ndarray) -> np.ndarray:
    return input @ vec


def mm(input: np.ndarray, mat2: np.ndarray) -> np.ndarray:
    return input @ mat2


def addmm(
    input: np.ndarray, mat1: np.ndarray, mat2: np.ndarray, *, beta: float, alpha: float
) -> np.ndarray:
    return alpha * (mat1 @ mat2) + (beta * input if beta else 0)


def addmv(
    input: np.ndarray, mat: np.ndarray, vec: np.ndarray, *, beta: float, alpha: float
) -> np.ndarray:
    return alpha * (mat @ vec) + (beta * input if beta else 0)


def bmm(input: np.ndarray, mat2: np.ndarray) -> np.ndarray:
    return np.einsum("bnm,bmp->bnp", input, mat2)


def baddbmm(
    input: np.ndarray,
    batch1: np.ndarray,
    batch2: np.ndarray,
    *,
    beta: float,
    alpha: float,
) -> np.ndarray:
    return alpha * (batch1 @ batch2) + (beta * input if beta else 0)


def matmul(input: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.matmul(input, other)
