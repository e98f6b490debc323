import math

import numpy as np
from scipy import special


def gaussian_kernel(input: np.ndarray) -> np.ndarray:
    return np.exp(-(input**2) / 2) / input.dtype.type(math.sqrt(2 * math.pi))


def nadaraya_watson(
    queries: np.ndarray, keys: np.ndarray, values: np.ndarray
) -> np.ndarray:
    kernels = gaussian_kernel(queries[:, None] - keys)
    return (kernels * values).sum(axis=-1) / kernels.sum(axis=-1)


def kernel_attention(
    queries: np.ndarray, keys: np.ndarray, values: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    scores = -(((queries[:, None] - keys) * weight) ** 2) / 2
    return special.softmax(scores, axis=-1) @ values


def attention_pooling(weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    return weights @ values
