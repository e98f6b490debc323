"""Transposed convolution of a stretched input, as torch has it."""

from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor

transposed_convolution_by_convolution = F.conv_transpose2d


def zero_insert(input: Tensor, *, stride: Sequence[int]) -> Tensor:
    stretched = [(n - 1) * s + 1 for n, s in zip(input.shape[2:], stride)]
    y = input.new_zeros(*input.shape[:2], *stretched)
    y[:, :, *[slice(None, None, s) for s in stride]] = input
    return y
