"""PyTorch's joining and splitting, named as in reference/tensors/joining.py."""

import torch
from torch import Tensor


def cat(*tensors: Tensor, dim: int) -> Tensor:
    return torch.cat(tensors, dim)


def stack(*tensors: Tensor, dim: int) -> Tensor:
    return torch.stack(tensors, dim)


def chunk(input: Tensor, *, chunks: int, dim: int) -> tuple[Tensor, ...]:
    return torch.chunk(input, chunks, dim)


def split(input: Tensor, *, split_size: int, dim: int) -> tuple[Tensor, ...]:
    return torch.split(input, split_size, dim)


def tensor_split(input: Tensor, *, sections: int, dim: int) -> tuple[Tensor, ...]:
    return torch.tensor_split(input, sections, dim)
