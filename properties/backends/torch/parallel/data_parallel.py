"""Gradients of losses by torch's autograd: of each shard, and of the whole batch."""

import torch
from torch import Tensor


def _gradient(weight: Tensor, input: Tensor, target: Tensor, reduction: str) -> Tensor:
    weight = weight if weight.requires_grad else weight.clone().requires_grad_()
    error = input @ weight - target  # the gradient of ½ error² by the error, too
    [total] = torch.autograd.grad(error, weight, error, create_graph=True)
    return total / len(target) if reduction == "mean" else total


def shard_gradients(
    weight: Tensor, input: Tensor, target: Tensor, *, workers: int, reduction: str
) -> Tensor:
    shards = zip(input.tensor_split(workers), target.tensor_split(workers))
    return torch.stack([_gradient(weight, x, y, reduction) for x, y in shards])


def data_parallel_gradient(
    weight: Tensor, input: Tensor, target: Tensor, *, workers: int, reduction: str
) -> Tensor:
    return _gradient(weight, input, target, reduction)


def data_parallel_gradient_by_shards(
    weight: Tensor, input: Tensor, target: Tensor, *, workers: int, reduction: str
) -> Tensor:
    options = {"workers": workers, "reduction": "sum"}
    total = shard_gradients(weight, input, target, **options).sum(0)
    return total / len(target) if reduction == "mean" else total


def synchronous_sgd(
    weight: Tensor,
    input: Tensor,
    target: Tensor,
    *,
    workers: int,
    lr: float,
    reduction: str,
) -> Tensor:
    path = [weight]
    for x, y in zip(input, target):
        path.append(path[-1] - lr * _gradient(path[-1], x, y, reduction))
    return torch.stack(path)[1:]
