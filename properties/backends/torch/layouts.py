"""The same numbers of a tensor, laid out otherwise in memory."""

import torch
from torch import Tensor

FORMATS = {4: torch.channels_last, 5: torch.channels_last_3d}
"""The formats that PyTorch has for channels last, by the axes."""


def strided(tensor: Tensor) -> Tensor:
    """Every number has a stranger behind it."""
    wide = torch.full_like(tensor[..., None].expand(*tensor.shape, 2), 7)
    wide[..., 0] = tensor
    return wide[..., 0]


def offset(tensor: Tensor) -> Tensor:
    """The first number is not where memory was aligned."""
    flat = tensor.new_full((tensor.numel() + 1,), 7)
    flat[1:] = tensor.reshape(-1)
    return flat[1:].view(tensor.shape)


def reversed_axes(tensor: Tensor) -> Tensor:
    """The first axis is the one whose neighbours are side by side, as in Fortran."""
    order = tuple(range(tensor.ndim))[::-1]
    return tensor.permute(order).contiguous().permute(order)


def channels_last(tensor: Tensor) -> Tensor:
    """So is the second axis."""
    if tensor.ndim < 3:
        return tensor
    last = tensor.movedim(1, -1).contiguous().movedim(-1, 1)
    # Of one channel this gives its axis the stride that PyTorch tells the format by.
    return last.to(memory_format=FORMATS.get(tensor.ndim, torch.preserve_format))


def expanded(tensor: Tensor) -> Tensor:
    """One number is in all places, where all are the same."""
    if tensor.numel() == 0 or (tensor != tensor.reshape(-1)[0]).any():
        return tensor
    return tensor.reshape(-1)[0].clone().expand(tensor.shape)


LAYOUTS = {
    layout.__name__: layout
    for layout in (strided, offset, reversed_axes, channels_last, expanded)
}
