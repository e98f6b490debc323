"""A linear layer, the classifier of one such layer, and its likelihood."""

import math

import numpy as np

from reference.classification.cross_entropy import cross_entropy
from reference.classification.cross_entropy_gradient import cross_entropy_gradient


def linear(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None = None
) -> np.ndarray:
    """Map features to features by a matrix and a shift: a fully connected layer.

        y[n, o] = bias[o] + Σ_i weight[o, i] · input[n, i]

    Shapes:
        input   (*batch, in_features)
        weight  (out_features, in_features)
        bias    (out_features), or None for zeros
        result  (*batch, out_features), input's dtype

    Raises:
        ValueError: shapes that do not fit each other.

    Source: PyTorch's documentation of torch.nn.Linear.
    """
    if weight.ndim != 2 or input.shape[-1:] != weight.shape[1:]:
        raise ValueError(
            f"weight has shape {weight.shape}, input {input.shape}; they must be "
            "(out_features, in_features) and (*batch, in_features)"
        )
    if bias is not None and bias.shape != weight.shape[:1]:
        raise ValueError(f"bias has shape {bias.shape}; it must be {weight.shape[:1]}")
    y = np.zeros((*input.shape[:-1], len(weight)), input.dtype)
    if bias is not None:
        y += bias
    for *n, o in np.ndindex(y.shape):
        for i in range(input.shape[-1]):
            y[*n, o] += weight[o, i] * input[*n, i]
    return y


def softmax_regression(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None,
    target: np.ndarray,
) -> np.ndarray:
    """Score a linear classifier: the mean of its cross-entropies.

        L = cross_entropy(input · weightᵀ + bias, target)

    Shapes:
        input   (batch, features)
        weight  (classes, features)
        bias    (classes), or None for zeros
        target  (batch) class indices, or (batch, classes) probabilities
        result  (), input's dtype

    Units: nats.

    Raises:
        ValueError: as `linear` and `cross_entropy`.

    Source: Zhang et al., "Dive into Deep Learning", section 4.1.
    """
    return cross_entropy(linear(input, weight, bias), target)


def softmax_regression_gradient(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None,
    target: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Differentiate `softmax_regression` by its weight and its bias, by hand.

        ∂L / ∂weight[k, j] = Σ_n g[n, k] · input[n, j]
        ∂L / ∂bias[k] = Σ_n g[n, k]
        g[n, k] = (s[n, k] − y[n, k]) / batch, `cross_entropy_gradient` at the logits

    Shapes:
        input, weight, bias, target  as in `softmax_regression`
        results                      (classes, features) and (classes)

    Raises:
        ValueError: as `linear` and `cross_entropy`.

    Source: the chain rule on Zhang et al., "Dive into Deep Learning", section 4.1.2.2.
    """
    g = cross_entropy_gradient(linear(input, weight, bias), target)
    weight_gradient = np.zeros(weight.shape, input.dtype)
    bias_gradient = np.zeros(weight.shape[:1], input.dtype)
    for n, k in np.ndindex(g.shape):
        bias_gradient[k] += g[n, k]
        for j in range(input.shape[1]):
            weight_gradient[k, j] += g[n, k] * input[n, j]
    return weight_gradient, bias_gradient


def likelihood(probs: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Say how probable a model finds the targets of a batch, all together.

        y = Π_n probs[n, target[n]]
        Underflows for large batches: what is maximised instead is `log_likelihood`.

    Shapes:
        probs   (batch, classes)
        target  (batch), class indices
        result  (), probs' dtype

    Raises:
        ValueError: shapes that do not fit each other, a target that is not a class.

    Source: Zhang et al., "Dive into Deep Learning", section 4.1.2.1.
    """
    y = np.zeros((), probs.dtype)
    y[()] = math.prod(_chosen(probs, target))
    return y


def log_likelihood(probs: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Take the logarithm of `likelihood` before anything can underflow.

        y = Σ_n log probs[n, target[n]]

    Shapes:
        probs   (batch, classes)
        target  (batch), class indices
        result  (), probs' dtype

    Units: nats.

    Raises:
        ValueError: shapes that do not fit each other, a target that is not a class.

    Source: Zhang et al., "Dive into Deep Learning", section 4.1.2.1.
    """
    y = np.zeros((), probs.dtype)
    y[()] = sum(np.log(prob) for prob in _chosen(probs, target))
    return y


def _chosen(probs: np.ndarray, target: np.ndarray) -> list:
    """The probabilities of the targets, one for each of a batch.

    Raises:
        ValueError: shapes that do not fit each other, a target that is not a class.
    """
    if probs.ndim != 2 or target.shape != probs.shape[:1]:
        raise ValueError(
            f"probs has shape {probs.shape}, target {target.shape}; "
            "they must be (batch, classes) and (batch)"
        )
    if not all(0 <= k < probs.shape[1] for k in target):
        raise ValueError(f"target is {target}; there are {probs.shape[1]} classes")
    return [probs[n, k] for n, k in enumerate(target)]
