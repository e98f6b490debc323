import torch
from torch import Tensor


def masked_mean(input: Tensor, mask: Tensor, *, dim: int) -> Tensor:
    return input.where(mask, 0).sum(dim) / mask.sum(dim)


def masked_mean_prototype(input: Tensor, mask: Tensor, *, dim: int) -> Tensor:
    return torch.masked.mean(input, dim, mask=mask)


def masked_max(input: Tensor, mask: Tensor, *, dim: int) -> Tensor:
    return input.masked_fill(~mask, -torch.inf).max(dim).values


def masked_max_prototype(input: Tensor, mask: Tensor, *, dim: int) -> Tensor:
    return torch.masked.amax(input, dim, mask=mask)


def masked_softmax(input: Tensor, mask: Tensor, *, dim: int) -> Tensor:
    hidden = (~mask).all(dim, keepdim=True)
    filled = input.masked_fill(~mask, -torch.inf).masked_fill(hidden, 0)
    return filled.softmax(dim).masked_fill(hidden, 0)


def masked_softmax_prototype(input: Tensor, mask: Tensor, *, dim: int) -> Tensor:
    return torch.masked.softmax(input, dim, mask=mask)


def filled_softmax(input: Tensor, mask: Tensor, *, dim: int, fill: float) -> Tensor:
    return input.masked_fill(~mask, fill).softmax(dim)


def padding_leak(input: Tensor, mask: Tensor) -> Tensor:
    return input.softmax(-1).masked_fill(mask, 0).sum(-1)
