"""Convolution with its axes in other orders, as torch has it."""

import torch.nn.functional as F
from torch import Tensor


def weight_to_channels_last(weight: Tensor) -> Tensor:
    return weight.permute(2, 3, 1, 0)


def weight_from_channels_last(weight: Tensor) -> Tensor:
    return weight.permute(3, 2, 0, 1)


def conv2d_channels_last(
    input: Tensor, weight: Tensor, bias: Tensor | None = None, **options
) -> Tensor:
    # not a view: slow_conv2d refuses the gradient of one filter in this order
    filters = weight.permute(3, 2, 0, 1).contiguous()
    return F.conv2d(input.permute(0, 3, 1, 2), filters, bias, **options).movedim(1, 3)


def comp_conv2d(x: Tensor, kernel: Tensor, **options) -> Tensor:
    return F.conv2d(x[None, None], kernel[None, None], **options)[0, 0]
