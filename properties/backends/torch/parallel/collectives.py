"""What collectives give, by torch's sums: gloo.py has torch.distributed."""

import torch
import torch.nn.functional as F
from torch import Tensor


def all_reduce(input: Tensor) -> Tensor:
    return input.sum(0).expand_as(input)


def broadcast_from(input: Tensor, *, root: int) -> Tensor:
    return input[root].expand_as(input)


def reduce_to(input: Tensor, *, root: int) -> Tensor:
    return input.sum(0)


def scatter_from(input: Tensor, *, root: int) -> Tensor:
    return torch.stack(input.unbind())


def reduce_scatter(input: Tensor) -> Tensor:
    workers, numbers = input.shape
    return F.pad(input.sum(0), (0, -numbers % workers)).view(workers, -1)


def all_gather(input: Tensor) -> Tensor:
    return input.expand(len(input), *input.shape)


def ring_all_reduce(input: Tensor) -> Tensor:
    return input.sum(0, keepdim=True).repeat(len(input), 1)


def parameter_server_step(weight: Tensor, gradients: Tensor, *, lr: float) -> Tensor:
    return (weight - lr * gradients.sum(0)).expand_as(gradients)
