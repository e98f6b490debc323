from collections.abc import Sequence

import torch
from torch import Tensor
from torch.optim import SGD

from properties.backends.torch.optimisers.training import (
    in_one,
    in_parts,
    trajectory,
    with_gaps,
)


def sgd(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(SGD, in_one, param, gradients, foreach=False, **options)


def sgd_foreach(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(SGD, in_parts, param, gradients, foreach=True, **options)


def sgd_fused(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(SGD, in_parts, param, gradients, fused=True, **options)


def sgd_fused_strided(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(SGD, with_gaps, param, gradients, fused=True, **options)


def sgd_fused_tensor_lr(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(
        SGD, in_one, param, gradients, fused=True, tensor_lr=True, **options
    )


def sgd_resumed(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(SGD, in_parts, param, gradients, resumes=True, **options)


def accumulating_sgd(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(
        SGD, in_one, param, gradients, accumulates=True, foreach=False, **options
    )


def accumulating_sgd_foreach(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(
        SGD, in_parts, param, gradients, accumulates=True, foreach=True, **options
    )


def accumulating_sgd_fused(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(
        SGD, in_parts, param, gradients, accumulates=True, fused=True, **options
    )


def nesterov_momentum(
    param: Tensor, gradients: Tensor, *, lr: float | Sequence[float], momentum: float
) -> tuple[Tensor, Tensor]:
    rates = torch.as_tensor(lr, dtype=torch.float64).expand(len(gradients)).tolist()
    velocity = torch.zeros_like(param)
    path, ahead = [], []
    for rate, gradient in zip(rates, gradients):
        velocity = momentum * velocity - rate * gradient
        param = param + velocity
        path.append(param)
        ahead.append(param + momentum * velocity)
    return torch.stack(path), torch.stack(ahead)


def minibatch_sgd(
    param: Tensor, gradients: Tensor, *, lr: float, batch_size: int
) -> Tensor:
    return trajectory(SGD, in_one, param, gradients, lr=lr / batch_size)


def layerwise_sgd(
    params: Tensor,
    gradients: Tensor,
    *,
    lr: float,
    factors: Sequence[float],
    momentum: float,
) -> Tensor:
    layers = [
        layer.clone().requires_grad_(factor > 0)
        for layer, factor in zip(params, factors)
    ]
    groups = [
        {"params": [layer], "lr": lr * factor} for layer, factor in zip(layers, factors)
    ]
    running = SGD(groups, lr=lr, momentum=momentum)
    path = []
    for gradient in gradients:
        for layer, piece in zip(layers, gradient):
            if layer.requires_grad:
                (layer * piece).sum().backward()
        running.step()
        running.zero_grad()
        path.append(torch.stack([layer.detach() for layer in layers]))
    return torch.stack(path)
