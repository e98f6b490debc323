"""Gated convolution and reduction along a tree, on NumPy and SciPy."""

import numpy as np

from properties.backends.numpy.activations.logistic import sigmoid
from properties.backends.numpy.convolution.convolution import convolution


def glu(input: np.ndarray, *, dim: int) -> np.ndarray:
    a, b = np.split(input, 2, dim)
    return a * sigmoid(b)


def glu_gradient(input: np.ndarray, cotangent: np.ndarray, *, dim: int) -> np.ndarray:
    a, b = np.split(input, 2, dim)
    slope = sigmoid(b) * sigmoid(-b)
    return np.concatenate([cotangent * sigmoid(b), cotangent * a * slope], dim)


def gated_conv1d(
    input: np.ndarray,
    weight: np.ndarray,
    gate_weight: np.ndarray,
    bias: np.ndarray | None = None,
    gate_bias: np.ndarray | None = None,
    *,
    stride: int,
    padding: int,
    dilation: int,
) -> np.ndarray:
    options = {"stride": [stride], "padding": [padding], "dilation": [dilation]}
    linear = convolution(input, weight, bias, groups=1, **options)
    gate = convolution(input, gate_weight, gate_bias, groups=1, **options)
    return linear * sigmoid(gate)


def residual_gated_conv1d(
    input: np.ndarray,
    weight: np.ndarray,
    gate_weight: np.ndarray,
    bias: np.ndarray | None = None,
    gate_bias: np.ndarray | None = None,
    *,
    dilation: int,
) -> np.ndarray:
    options = {"stride": 1, "padding": 0, "dilation": dilation}
    x = _evenly_padded_steps(input, dilation * (weight.shape[2] - 1))
    return input + gated_conv1d(x, weight, gate_weight, bias, gate_bias, **options)


def highway_conv1d(
    input: np.ndarray,
    weight: np.ndarray,
    gate_weight: np.ndarray,
    bias: np.ndarray | None = None,
    gate_bias: np.ndarray | None = None,
    *,
    dilation: int,
) -> np.ndarray:
    options = {"stride": [1], "padding": [0], "dilation": [dilation], "groups": 1}
    x = _evenly_padded_steps(input, dilation * (weight.shape[2] - 1))
    gate = convolution(x, gate_weight, gate_bias, **options)
    return input * sigmoid(-gate) + convolution(x, weight, bias, **options) * sigmoid(
        gate
    )


def tree_mean(input: np.ndarray) -> np.ndarray:
    while (steps := input.shape[1]) > 1:
        even, odd = input[:, : steps - 1 : 2], input[:, 1::2]
        input = np.concatenate([(even + odd) / 2, input[:, steps - steps % 2 :]], 1)
    return input[:, 0]


def _evenly_padded_steps(x: np.ndarray, total: int) -> np.ndarray:
    return np.pad(x, [(0, 0), (0, 0), (total // 2, total - total // 2)])
