"""Global pooling as NumPy's reductions make it."""

import numpy as np

from properties.backends.numpy.classification.softmax import softmax


def global_avg_pool(input: np.ndarray) -> np.ndarray:
    return input.mean(axis=tuple(range(2, input.ndim)))


def global_max_pool(input: np.ndarray) -> np.ndarray:
    return input.max(axis=tuple(range(2, input.ndim)))


def global_avg_pool_softmax(input: np.ndarray) -> np.ndarray:
    return softmax(global_avg_pool(input), dim=1)
