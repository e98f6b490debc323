"""PyTorch's orders under the names of reference/tensors/selection.py."""

import torch
from torch import Tensor


def sort(input: Tensor, *, dim: int, descending: bool) -> tuple[Tensor, Tensor]:
    return tuple(torch.sort(input, dim=dim, descending=descending, stable=True))


def topk(input: Tensor, *, k: int, dim: int, largest: bool) -> tuple[Tensor, Tensor]:
    return tuple(torch.topk(input, k, dim, largest))


def topk_values(input: Tensor, *, k: int, dim: int, largest: bool) -> Tensor:
    return torch.topk(input, k, dim, largest).values
