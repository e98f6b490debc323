"""Max unpooling as torch has it, on both layouts of memory."""

import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.pooling.max_pool import channels_last

max_unpool1d, max_unpool2d, max_unpool3d = (
    F.max_unpool1d,
    F.max_unpool2d,
    F.max_unpool3d,
)


def max_unpool2d_channels_last(input: Tensor, indices: Tensor, **options) -> Tensor:
    places = channels_last(indices, 2)
    return F.max_unpool2d(channels_last(input, 2), places, **options)
