"""Blocks of convolutions one after the other, in torch."""

import torch.nn.functional as F
from torch import Tensor


def vgg_block(input: Tensor, *weights: Tensor) -> Tensor:
    for weight, bias in zip(weights[::2], weights[1::2]):
        padding = [n // 2 for n in weight.shape[2:]]
        input = F.relu(F.conv2d(input, weight, bias, padding=padding))
    return F.max_pool2d(input, 2)


def nin_block(
    input: Tensor,
    weight1: Tensor,
    bias1: Tensor | None,
    weight2: Tensor,
    bias2: Tensor | None,
    weight3: Tensor,
    bias3: Tensor | None,
    *,
    stride: int,
    padding: int,
) -> Tensor:
    y = F.relu(F.conv2d(input, weight1, bias1, stride, padding))
    y = F.relu(F.conv2d(y, weight2, bias2))
    return F.relu(F.conv2d(y, weight3, bias3))


def mobilenet_block(
    input: Tensor,
    depthwise_weight: Tensor,
    depthwise_bias: Tensor | None,
    pointwise_weight: Tensor,
    pointwise_bias: Tensor | None,
    *,
    stride: int,
) -> Tensor:
    padding = [n // 2 for n in depthwise_weight.shape[2:]]
    depthwise = {"stride": stride, "padding": padding, "groups": input.shape[1]}
    y = F.relu(F.conv2d(input, depthwise_weight, depthwise_bias, **depthwise))
    return F.relu(F.conv2d(y, pointwise_weight, pointwise_bias))


def compose_kernels(first: Tensor, second: Tensor) -> Tensor:
    padding = [n - 1 for n in second.shape[2:]]
    kernels = F.conv2d(first.transpose(0, 1), second.flip(2, 3), padding=padding)
    return kernels.transpose(0, 1)
