"""PyTorch's constructors and casts, named as in reference/tensors/creation.py."""

import torch
from torch import Tensor


def tensor_of(*, data) -> Tensor:
    return torch.tensor(data, dtype=torch.int64)


def new_full(input: Tensor, *, size: tuple[int, ...], fill_value: float) -> Tensor:
    return input.new_full(size, fill_value)


def new_full_like(input: Tensor, *, size: tuple[int, ...], fill_value: float) -> Tensor:
    return torch.full_like(input.new_empty(size), fill_value)


def eye(*, n: int, m: int) -> Tensor:
    return torch.eye(n, m, dtype=torch.int64)


def arange(*, start: int, end: int, step: int) -> Tensor:
    return torch.arange(start, end, step)


def to_int(input: Tensor) -> Tensor:
    return input.long()


def type_as(input: Tensor, other: Tensor) -> Tensor:
    return input.type_as(other)
