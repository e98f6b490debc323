"""SciPy's softmax and its relatives under the names of reference/softmax.py."""

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


def log_softmax(input: np.ndarray, *, dim: int) -> np.ndarray:
    return scipy.special.log_softmax(input, axis=dim)


def logsumexp(input: np.ndarray, *, dim: int, keepdim: bool = False) -> np.ndarray:
    return scipy.special.logsumexp(input, axis=dim, keepdims=keepdim)


def softmax_jacobian(input: np.ndarray) -> np.ndarray:
    probs = scipy.special.softmax(input, axis=-1)[..., None]
    eye = np.eye(input.shape[-1], dtype=input.dtype)
    return probs * (eye - probs.swapaxes(-1, -2))


def sample_softmax(logits: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    sums = scipy.special.softmax(logits, axis=-1).cumsum(-1)
    return (sums <= uniform[..., None] * sums[..., -1:]).sum(-1)


def gumbel_max(logits: np.ndarray, uniforms: np.ndarray) -> np.ndarray:
    return np.argmax(logits - np.log(-np.log(uniforms)), axis=-1)
