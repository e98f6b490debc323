"""PyTorch's reductions under the names of reference/tensors/reductions.py."""

import torch
from torch import Tensor


def tensor_sum(input: Tensor, *, dim, keepdim: bool) -> Tensor:
    return torch.sum(input, dim, keepdim)


def tensor_sum_permuted(input: Tensor, *, dim, keepdim: bool) -> Tensor:
    return torch.sum(permuted(input), dim, keepdim)


def tensor_mean(input: Tensor, *, dim, keepdim: bool) -> Tensor:
    return torch.mean(input, dim, keepdim)


def amax(input: Tensor, *, dim, keepdim: bool) -> Tensor:
    return torch.amax(input, () if dim is None else dim, keepdim)


def amin(input: Tensor, *, dim, keepdim: bool) -> Tensor:
    return torch.amin(input, () if dim is None else dim, keepdim)


def argmax(input: Tensor, *, dim: int | None, keepdim: bool) -> Tensor:
    return torch.argmax(input, dim, keepdim)


def argmax_permuted(input: Tensor, *, dim: int | None, keepdim: bool) -> Tensor:
    return torch.argmax(permuted(input), dim, keepdim)


def argmax_computed(input: Tensor, *, dim: int | None, keepdim: bool) -> Tensor:
    """Of numbers that are made in the same call, and lie in memory as input does."""
    return torch.argmax(torch.maximum(input, input), dim, keepdim)


def argmin(input: Tensor, *, dim: int | None, keepdim: bool) -> Tensor:
    return torch.argmin(input, dim, keepdim)


def max_along(input: Tensor, *, dim: int, keepdim: bool) -> tuple[Tensor, Tensor]:
    return tuple(torch.max(input, dim, keepdim))


def min_along(input: Tensor, *, dim: int, keepdim: bool) -> tuple[Tensor, Tensor]:
    return tuple(torch.min(input, dim, keepdim))


def permuted(input: Tensor) -> Tensor:
    """The same tensor, its first axis the densest in memory."""
    axes = tuple(reversed(range(input.ndim)))
    return input.permute(axes).contiguous().permute(axes)
