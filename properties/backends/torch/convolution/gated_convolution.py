"""Gated convolution and reduction along a tree, as torch's operations make them."""

import warnings

import torch
import torch.nn.functional as F
from torch import Tensor

glu = F.glu


def glu_gradient(input: Tensor, cotangent: Tensor, *, dim: int) -> Tensor:
    return torch.ops.aten.glu_backward(cotangent, input, dim)


def gated_conv1d(
    input: Tensor,
    weight: Tensor,
    gate_weight: Tensor,
    bias: Tensor | None = None,
    gate_bias: Tensor | None = None,
    *,
    stride: int,
    padding: int,
    dilation: int,
) -> Tensor:
    linear = F.conv1d(input, weight, bias, stride, padding, dilation)
    gate = F.conv1d(input, gate_weight, gate_bias, stride, padding, dilation)
    return F.glu(torch.cat([linear, gate], 1), 1)


def residual_gated_conv1d(
    input: Tensor,
    weight: Tensor,
    gate_weight: Tensor,
    bias: Tensor | None = None,
    gate_bias: Tensor | None = None,
    *,
    dilation: int,
) -> Tensor:
    gate = torch.sigmoid(_same_conv1d(input, gate_weight, gate_bias, dilation))
    return input + _same_conv1d(input, weight, bias, dilation) * gate


def highway_conv1d(
    input: Tensor,
    weight: Tensor,
    gate_weight: Tensor,
    bias: Tensor | None = None,
    gate_bias: Tensor | None = None,
    *,
    dilation: int,
) -> Tensor:
    gate = torch.sigmoid(_same_conv1d(input, gate_weight, gate_bias, dilation))
    return torch.lerp(input, _same_conv1d(input, weight, bias, dilation), gate)


def tree_mean(input: Tensor) -> Tensor:
    while (steps := input.shape[1]) > 1:
        pairs = input[:, : steps - steps % 2].unflatten(1, (-1, 2))
        input = torch.cat([pairs.mean(2), input[:, steps - steps % 2 :]], 1)
    return input[:, 0]


def _same_conv1d(
    input: Tensor, weight: Tensor, bias: Tensor | None, dilation: int
) -> Tensor:
    with warnings.catch_warnings(action="ignore"):  # that an even kernel costs a copy
        return F.conv1d(input, weight, bias, padding="same", dilation=dilation)
