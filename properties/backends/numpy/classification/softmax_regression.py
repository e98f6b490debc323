"""A linear classifier in NumPy under the names of reference/softmax_regression.py."""

import numpy as np

from properties.backends.numpy.classification.cross_entropy import cross_entropy
from properties.backends.numpy.classification.cross_entropy_gradient import (
    cross_entropy_gradient,
)


def linear(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None = None
) -> np.ndarray:
    return input @ weight.T if bias is None else input @ weight.T + bias


def softmax_regression(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None, target: np.ndarray
) -> np.ndarray:
    return cross_entropy(linear(input, weight, bias), target)


def softmax_regression_gradient(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None, target: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    gradient = cross_entropy_gradient(linear(input, weight, bias), target)
    return gradient.T @ input, gradient.sum(0)


def likelihood(probs: np.ndarray, target: np.ndarray) -> np.ndarray:
    return probs[np.arange(len(target)), target].prod()


def log_likelihood(probs: np.ndarray, target: np.ndarray) -> np.ndarray:
    return np.log(probs[np.arange(len(target)), target]).sum()
