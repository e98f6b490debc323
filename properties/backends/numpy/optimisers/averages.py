import numpy as np
from numpy import ndarray
from scipy.linalg import toeplitz


def ewma(input: ndarray, *, beta: float) -> ndarray:
    weights = (1 - beta) * float(beta) ** np.arange(len(input))
    weights = np.tril(toeplitz(weights)).astype(input.dtype)
    return np.tensordot(weights, input, axes=1)


def geometric_sum(input: ndarray, *, terms: int) -> ndarray:
    return np.polynomial.polynomial.polyval(input, [1] * terms or [0]).astype(
        input.dtype
    )


def ensemble_average(input: ndarray) -> ndarray:
    return np.mean(input, axis=0)


def minibatch_gradient(input: ndarray, batch: ndarray) -> ndarray:
    return np.mean(input[batch], axis=0)


def reuse_rows(weight: ndarray, source: ndarray, rows: ndarray) -> ndarray:
    reused = weight.copy()
    reused[rows >= 0] = source[rows[rows >= 0]]
    return reused
