"""SciPy's softmax under the names of reference/softmax.py."""

import numpy as np
import scipy.special


def softmax(input: np.ndarray, *, dim: int) -> np.ndarray:
    return scipy.special.softmax(input, axis=dim)


def naive_softmax(input: np.ndarray, *, dim: int) -> np.ndarray:
    powers = np.exp(input)
    return powers / powers.sum(dim, keepdims=True)


def softmax_with_temperature(
    input: np.ndarray, *, dim: int, temperature: float
) -> np.ndarray:
    return scipy.special.softmax(input / temperature, axis=dim)


def softmax_jacobian(input: np.ndarray) -> np.ndarray:
    probs = scipy.special.softmax(input, axis=-1)[..., None]
    eye = np.eye(input.shape[-1], dtype=input.dtype)
    return probs * (eye - probs.swapaxes(-1, -2))
