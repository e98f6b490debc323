"""Lp pooling as torch has it."""

from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor

lp_pool2d = F.lp_pool2d


def lp_pool1d(input: Tensor, *, kernel_size: Sequence[int], **options) -> Tensor:
    """Pool; torch takes no tuple for the kernel of a signal."""
    return F.lp_pool1d(input, kernel_size=kernel_size[0], **options)


def lp_pool3d(input: Tensor, **options) -> Tensor:
    """Pool; of narrow formats, torch has the infinite norm alone."""
    if input.element_size() < 4:
        raise NotImplementedError("avg_pool3d has no float16 and no bfloat16")
    return F.lp_pool3d(input, **options)
