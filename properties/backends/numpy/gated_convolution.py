"""reference/gated_convolution.py on NumPy and SciPy."""

import numpy as np
from scipy.special import expit


def glu(input, *, dim=-1):
    a, b = np.split(input, 2, dim)
    return a * expit(b)


def glu_gradient(input, cotangent, *, dim=-1):
    a, b = np.split(input, 2, dim)
    slope = expit(b) * expit(-b)
    return np.concatenate([cotangent * expit(b), cotangent * a * slope], dim)


def gated_conv1d(
    input, weight, gate_weight, bias=None, gate_bias=None, *, stride, padding, dilation
):
    x = np.pad(input, [(0, 0), (0, 0), (padding, padding)])
    linear = windowed(x, weight, bias, stride, dilation)
    return linear * expit(windowed(x, gate_weight, gate_bias, stride, dilation))


def residual_gated_conv1d(
    input, weight, gate_weight, bias=None, gate_bias=None, *, dilation
):
    total = dilation * (weight.shape[2] - 1)
    x = np.pad(input, [(0, 0), (0, 0), (total // 2, total - total // 2)])
    gate = expit(windowed(x, gate_weight, gate_bias, 1, dilation))
    return input + windowed(x, weight, bias, 1, dilation) * gate


def highway_conv1d(input, weight, gate_weight, bias=None, gate_bias=None, *, dilation):
    total = dilation * (weight.shape[2] - 1)
    x = np.pad(input, [(0, 0), (0, 0), (total // 2, total - total // 2)])
    gate = windowed(x, gate_weight, gate_bias, 1, dilation)
    return input * expit(-gate) + windowed(x, weight, bias, 1, dilation) * expit(gate)


def tree_mean(input):
    while input.shape[1] > 1:
        n = input.shape[1] // 2 * 2
        means = (input[:, 0:n:2] + input[:, 1:n:2]) / 2
        input = np.concatenate([means, input[:, n:]], 1)
    return input[:, 0]


def windowed(x, weight, bias, stride, dilation):
    reach = dilation * (weight.shape[2] - 1) + 1
    windows = np.lib.stride_tricks.sliding_window_view(x, reach, 2)
    y = np.einsum("nctp,ocp->not", windows[:, :, ::stride, ::dilation], weight)
    return y if bias is None else y + bias[:, None]
