"""Average pooling as torch has it, on both layouts of memory."""

import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.pooling.max_pool import channels_last

avg_pool1d, avg_pool2d, avg_pool3d = F.avg_pool1d, F.avg_pool2d, F.avg_pool3d


def avg_pool2d_channels_last(input: Tensor, **options) -> Tensor:
    return F.avg_pool2d(channels_last(input, 2), **options)


def avg_pool3d_channels_last(input: Tensor, **options) -> Tensor:
    return F.avg_pool3d(channels_last(input, 3), **options)
