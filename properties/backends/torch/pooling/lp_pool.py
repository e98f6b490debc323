"""Lp pooling as torch has it."""

from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor

lp_pool2d, lp_pool3d = F.lp_pool2d, F.lp_pool3d


def lp_pool1d(input: Tensor, *, kernel_size: Sequence[int], **options) -> Tensor:
    """Pool; torch takes no tuple for the kernel of a signal."""
    return F.lp_pool1d(input, kernel_size=kernel_size[0], **options)
