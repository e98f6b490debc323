"""reference/gated_convolution.py on PyTorch."""

import torch
import torch.nn.functional as F
from torch.nn.functional import glu  # noqa: F401


def glu_gradient(input, cotangent, *, dim=-1):
    return torch.ops.aten.glu_backward(cotangent, input, dim)


def gated_conv1d(
    input, weight, gate_weight, bias=None, gate_bias=None, *, stride, padding, dilation
):
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    linear = F.conv1d(input, weight, bias, **options)
    return linear * torch.sigmoid(F.conv1d(input, gate_weight, gate_bias, **options))


def residual_gated_conv1d(
    input, weight, gate_weight, bias=None, gate_bias=None, *, dilation
):
    both = {"padding": "same", "dilation": dilation}
    gate = torch.sigmoid(F.conv1d(input, gate_weight, gate_bias, **both))
    return input + F.conv1d(input, weight, bias, **both) * gate


def highway_conv1d(input, weight, gate_weight, bias=None, gate_bias=None, *, dilation):
    both = {"padding": "same", "dilation": dilation}
    gate = torch.sigmoid(F.conv1d(input, gate_weight, gate_bias, **both))
    return torch.lerp(input, F.conv1d(input, weight, bias, **both), gate)


def tree_mean(input):
    while input.shape[1] > 1:
        n = input.shape[1] // 2 * 2
        input = torch.cat([(input[:, 0:n:2] + input[:, 1:n:2]) / 2, input[:, n:]], 1)
    return input[:, 0]
