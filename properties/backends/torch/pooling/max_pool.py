"""Max pooling as torch has it, on both layouts of memory."""

import torch
import torch.nn.functional as F
from torch import Tensor

max_pool1d, max_pool2d, max_pool3d = F.max_pool1d, F.max_pool2d, F.max_pool3d


def max_pool1d_with_gradient(
    input: Tensor, **options
) -> Tensor | tuple[Tensor, Tensor]:
    """Pool by the kernel that keeps indices, which torch takes for gradients."""
    leaf = input if input.requires_grad else input.clone().requires_grad_()
    return F.max_pool1d(leaf, **options)


def max_pool2d_channels_last(
    input: Tensor, **options
) -> Tensor | tuple[Tensor, Tensor]:
    return F.max_pool2d(channels_last(input, 2), **options)


def max_pool3d_channels_last(
    input: Tensor, **options
) -> Tensor | tuple[Tensor, Tensor]:
    return F.max_pool3d(channels_last(input, 3), **options)


def channels_last(input: Tensor, axes: int) -> Tensor:
    """Lay a batch out in memory with its channels last; what has no batch stays."""
    layout = torch.channels_last if axes == 2 else torch.channels_last_3d
    is_batch = input.ndim == axes + 2
    return input.contiguous(memory_format=layout) if is_batch else input
