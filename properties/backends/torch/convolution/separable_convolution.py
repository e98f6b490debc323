"""Convolutions that factor, as torch has them."""

import torch.nn.functional as F
from torch import Tensor


def depthwise_conv2d(
    input: Tensor, weight: Tensor, bias: Tensor | None = None, **options
) -> Tensor:
    return F.conv2d(input, weight, bias, groups=input.shape[1], **options)


def pointwise_conv2d(
    input: Tensor, weight: Tensor, bias: Tensor | None = None
) -> Tensor:
    return F.conv2d(input, weight, bias)


def depthwise_separable_conv2d(
    input: Tensor,
    depthwise_weight: Tensor,
    pointwise_weight: Tensor,
    bias: Tensor | None = None,
    **options,
) -> Tensor:
    filtered = F.conv2d(input, depthwise_weight, groups=input.shape[1], **options)
    return F.conv2d(filtered, pointwise_weight, bias)


def spatially_separable_conv2d(
    input: Tensor,
    column: Tensor,
    row: Tensor,
    *,
    stride: tuple[int, int] = (1, 1),
    padding: tuple[int, int] = (0, 0),
    dilation: tuple[int, int] = (1, 1),
) -> Tensor:
    channels = input.shape[1]
    down = column.view(-1, 1).expand(channels, 1, -1, 1)
    along = row.view(1, -1).expand(channels, 1, 1, -1)
    s, p, d = stride, padding, dilation
    y = F.conv2d(input, down, None, (s[0], 1), (p[0], 0), (d[0], 1), channels)
    return F.conv2d(y, along, None, (1, s[1]), (0, p[1]), (1, d[1]), channels)
