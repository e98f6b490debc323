"""PyTorch's views, named as in reference/tensors/layout.py."""

import torch
from torch import Tensor


def view(input: Tensor, *, shape: tuple[int, ...]) -> Tensor:
    return input.view(shape)


def view_reshape(input: Tensor, *, shape: tuple[int, ...]) -> Tensor:
    """Of numbers that are not row after row in memory."""
    strided = torch.stack([input, input], -1)[..., 0]
    return strided.reshape(shape)


def view_contiguous(input: Tensor, *, shape: tuple[int, ...]) -> Tensor:
    return input.mT.contiguous().mT.contiguous().view(shape)


def flatten(input: Tensor, *, start_dim: int, end_dim: int) -> Tensor:
    return torch.flatten(input, start_dim, end_dim)


def permute(input: Tensor, *, dims: tuple[int, ...]) -> Tensor:
    return input.permute(dims)


def transpose(input: Tensor, *, dim0: int, dim1: int) -> Tensor:
    return input.transpose(dim0, dim1)


def broadcast_tensors(*tensors: Tensor) -> tuple[Tensor, ...]:
    return torch.broadcast_tensors(*tensors)
