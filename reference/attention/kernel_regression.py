"""Nadaraya-Watson kernel regression: attention by distance."""

import math

import numpy as np

from reference.arguments import exact_rank, same_shape
from reference.classification.softmax import softmax


def gaussian_kernel(input: np.ndarray) -> np.ndarray:
    """Weigh a distance by the density of the standard normal distribution.

        K(u) = e^(−u² / 2) / √(2π)

    Shapes:
        input   any shape
        result  as input, input's dtype

    Source: Zhang et al., "Dive into Deep Learning", section 11.2.1.
    """
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        y[i] = np.exp(-(input[i] * input[i]) / 2) / math.sqrt(2 * math.pi)
    return y


def nadaraya_watson(
    queries: np.ndarray, keys: np.ndarray, values: np.ndarray
) -> np.ndarray:
    """Estimate a function by an average of values, weighed by a kernel.

        f(x) = Σ_i K(x − x_i) · y_i / Σ_j K(x − x_j),    K as `gaussian_kernel` has it
        Far from all keys it is 0 / 0, NaN: `kernel_attention` is not.

    Shapes:
        queries  (queries)
        keys     (keys)
        values   (keys)
        result   (queries), queries' dtype

    Raises:
        ValueError: keys and values have different shapes, or there are none; or
            queries have other axes.

    Source: Zhang et al., "Dive into Deep Learning", section 11.2.3.
    """
    _check(queries, keys, values)
    y = np.zeros(queries.shape, queries.dtype)
    for n in range(len(queries)):
        kernels = gaussian_kernel(queries[n] - keys)
        y[n] = sum(k * v for k, v in zip(kernels, values)) / sum(kernels)
    return y


def kernel_attention(
    queries: np.ndarray, keys: np.ndarray, values: np.ndarray, weight: np.ndarray
) -> np.ndarray:
    """Estimate a function by attention: softmax of distances, of a learnt width.

        f(x) = Σ_i softmax_i(−((x − x_i) · w)² / 2) · y_i
        w = 1 is `nadaraya_watson`; 0 the mean; beyond all bounds, the nearest key's.

    Shapes:
        queries  (queries)
        keys     (keys)
        values   (keys)
        weight   (1)
        result   (queries), queries' dtype

    Raises:
        ValueError: keys and values have different shapes, or there are none; queries
            have other axes; or weight is not one number.

    Source: Zhang et al., "Dive into Deep Learning", section 11.2.4.
    """
    _check(queries, keys, values)
    if weight.shape != (1,):
        raise ValueError(f"weight has shape {weight.shape}; it must be (1,)")
    scores = np.zeros((len(queries), len(keys)), queries.dtype)
    for n, i in np.ndindex(scores.shape):
        distance = (queries[n] - keys[i]) * weight[0]
        scores[n, i] = -(distance * distance) / 2
    weights = softmax(scores, dim=1)
    return attention_pooling(weights, values[:, None]).reshape(queries.shape)


def attention_pooling(weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Average values by weights.

        y[…, v] = Σ_j weights[…, j] · values[j, v]

    Shapes:
        weights  (*batch, keys)
        values   (keys, features)
        result   (*batch, features), weights' dtype

    Raises:
        ValueError: another count of values than of weights.

    Source: Zhang et al., "Dive into Deep Learning", eq. 11.1.1.
    """
    if values.ndim != 2 or weights.shape[-1:] != values.shape[:1]:
        raise ValueError(
            f"weights have shape {weights.shape}, values {values.shape}; they must be "
            "(*batch, keys) and (keys, features)"
        )
    y = np.zeros((*weights.shape[:-1], values.shape[1]), weights.dtype)
    for *n, v in np.ndindex(y.shape):
        for j in range(len(values)):
            y[*n, v] += weights[*n, j] * values[j, v]
    return y


def _check(queries, keys, values):
    exact_rank("queries", queries, "queries")
    same_shape("keys and values", keys, values)
    if keys.ndim != 1 or not len(keys):
        raise ValueError(f"keys has shape {keys.shape}; it must be (keys), not empty")
