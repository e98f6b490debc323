import numpy as np
from scipy import special


def masked_mean(input: np.ndarray, mask: np.ndarray, *, dim: int) -> np.ndarray:
    return np.mean(input, axis=dim, where=mask)


def masked_max(input: np.ndarray, mask: np.ndarray, *, dim: int) -> np.ndarray:
    return np.max(input, axis=dim, where=mask, initial=-np.inf)


def filled_softmax(
    input: np.ndarray, mask: np.ndarray, *, dim: int, fill: float
) -> np.ndarray:
    return special.softmax(np.where(mask, input, input.dtype.type(fill)), axis=dim)
