"""Residual blocks, as torchvision's modules compute them."""

import torch.nn.functional as F
from torch import Tensor


def _same(input: Tensor, weight: Tensor, bias: Tensor | None, **options) -> Tensor:
    return F.conv2d(
        input, weight, bias, padding=[n // 2 for n in weight.shape[2:]], **options
    )


def residual_block(
    input: Tensor,
    weight1: Tensor,
    bias1: Tensor | None,
    weight2: Tensor,
    bias2: Tensor | None,
    skip_weight: Tensor | None = None,
    skip_bias: Tensor | None = None,
    *,
    stride: int,
    activate: bool,
) -> Tensor:
    skip = input
    if skip_weight is not None:
        skip = F.conv2d(input, skip_weight, skip_bias, stride=stride)
    y = _same(F.relu(_same(input, weight1, bias1, stride=stride)), weight2, bias2)
    return F.relu_(y + skip) if activate else y + skip


def bottleneck_block(
    input: Tensor,
    weight1: Tensor,
    bias1: Tensor | None,
    weight2: Tensor,
    bias2: Tensor | None,
    weight3: Tensor,
    bias3: Tensor | None,
    skip_weight: Tensor | None = None,
    skip_bias: Tensor | None = None,
    *,
    stride: int,
    groups: int,
    stride_first: bool,
    activate: bool,
) -> Tensor:
    strides = (stride, 1) if stride_first else (1, stride)
    skip = input
    if skip_weight is not None:
        skip = F.conv2d(input, skip_weight, skip_bias, stride=stride)
    y = F.relu(_same(input, weight1, bias1, stride=strides[0]))
    y = F.relu(_same(y, weight2, bias2, stride=strides[1], groups=groups))
    y = _same(y, weight3, bias3) + skip
    return F.relu_(y) if activate else y
