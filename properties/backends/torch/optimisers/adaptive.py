from collections.abc import Sequence

import torch
from torch import Tensor
from torch.optim import Adagrad, Adam, AdamW, RMSprop

from properties.backends.torch.optimisers.training import (
    in_one,
    in_parts,
    trajectory,
    with_gaps,
)


def adagrad(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(Adagrad, in_one, param, gradients, foreach=False, **options)


def adagrad_foreach(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(Adagrad, in_parts, param, gradients, foreach=True, **options)


def adagrad_fused(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(Adagrad, in_parts, param, gradients, fused=True, **options)


def adagrad_fused_strided(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(Adagrad, with_gaps, param, gradients, fused=True, **options)


def adagrad_resumed(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(Adagrad, in_parts, param, gradients, resumes=True, **options)


def rmsprop(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(RMSprop, in_one, param, gradients, foreach=False, **options)


def rmsprop_foreach(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(RMSprop, in_parts, param, gradients, foreach=True, **options)


def rmsprop_resumed(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(RMSprop, in_parts, param, gradients, resumes=True, **options)


def adam(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(Adam, in_one, param, gradients, foreach=False, **options)


def adam_foreach(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(Adam, in_parts, param, gradients, foreach=True, **options)


def adam_fused(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(Adam, in_parts, param, gradients, fused=True, **options)


def adam_fused_strided(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(Adam, with_gaps, param, gradients, fused=True, **options)


def adam_fused_tensor_lr(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(
        Adam, in_one, param, gradients, fused=True, tensor_lr=True, **options
    )


def adam_resumed(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(Adam, in_parts, param, gradients, resumes=True, **options)


def adamw(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(AdamW, in_one, param, gradients, foreach=False, **options)


def adamw_foreach(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(AdamW, in_parts, param, gradients, foreach=True, **options)


def adamw_fused(param: Tensor, gradients: Tensor, **options) -> Tensor:
    return trajectory(AdamW, in_parts, param, gradients, fused=True, **options)


def uncorrected_adam(
    param: Tensor,
    gradients: Tensor,
    *,
    lr: float | Sequence[float],
    betas: tuple[float, float],
    eps: float,
) -> Tensor:
    rates = torch.as_tensor(lr, dtype=torch.float64).expand(len(gradients)).tolist()
    mean = square = torch.zeros_like(param)
    path = []
    for rate, gradient in zip(rates, gradients):
        mean = betas[0] * mean + (1 - betas[0]) * gradient
        square = betas[1] * square + (1 - betas[1]) * gradient * gradient
        param = param - rate * (mean / (square.sqrt() + eps))
        path.append(param)
    return torch.stack(path)
