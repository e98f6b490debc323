"""Adaptive pooling as torch has it, on both layouts of memory."""

import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.pooling.max_pool import channels_last

adaptive_avg_pool1d = F.adaptive_avg_pool1d
adaptive_avg_pool2d = F.adaptive_avg_pool2d
adaptive_avg_pool3d = F.adaptive_avg_pool3d
adaptive_max_pool1d = F.adaptive_max_pool1d
adaptive_max_pool2d = F.adaptive_max_pool2d
adaptive_max_pool3d = F.adaptive_max_pool3d


def adaptive_avg_pool2d_channels_last(input: Tensor, **options) -> Tensor:
    return F.adaptive_avg_pool2d(channels_last(input, 2), **options)


def adaptive_avg_pool3d_channels_last(input: Tensor, **options) -> Tensor:
    return F.adaptive_avg_pool3d(channels_last(input, 3), **options)


def adaptive_max_pool2d_channels_last(
    input: Tensor, **options
) -> Tensor | tuple[Tensor, Tensor]:
    return F.adaptive_max_pool2d(channels_last(input, 2), **options)


def adaptive_max_pool3d_channels_last(
    input: Tensor, **options
) -> Tensor | tuple[Tensor, Tensor]:
    return F.adaptive_max_pool3d(channels_last(input, 3), **options)
