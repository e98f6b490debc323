"""Transposed convolution as torch has it."""

from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor

conv_transpose1d = F.conv_transpose1d
conv_transpose2d = F.conv_transpose2d
conv_transpose3d = F.conv_transpose3d


def zero_insert(input: Tensor, *, stride: Sequence[int]) -> Tensor:
    stretched = [(n - 1) * s + 1 for n, s in zip(input.shape[2:], stride)]
    y = input.new_zeros(*input.shape[:2], *stretched)
    y[:, :, *[slice(None, None, s) for s in stride]] = input
    return y
