import torch
from torch import Tensor
from torch.nn.utils import clip_grad_norm_, clip_grad_value_


def parameters_with(gradients: tuple[Tensor, ...]) -> list[Tensor]:
    """Parameters that have these gradients, and one that has none."""
    params = [torch.zeros_like(gradient) for gradient in gradients]
    for param, gradient in zip(params, gradients):
        param.grad = gradient.clone()
    return [*params, torch.zeros(3)]


def clip_grad_norm(*gradients: Tensor, foreach: bool = False, **options):
    params = parameters_with(gradients)
    norm = clip_grad_norm_(params, foreach=foreach, **options)
    return norm, *[param.grad for param in params[:-1]]


def clip_grad_norm_foreach(*gradients: Tensor, **options) -> tuple[Tensor, ...]:
    return clip_grad_norm(*gradients, foreach=True, **options)


def grad_clipping(*gradients: Tensor, theta: float) -> tuple[Tensor, ...]:
    norm = torch.cat([g.flatten() for g in gradients]).norm()
    return tuple(g * (theta / norm.clamp(min=theta)) for g in gradients)


def clip_grad_value(*gradients: Tensor, clip_value: float, foreach: bool = False):
    params = parameters_with(gradients)
    clip_grad_value_(params, clip_value, foreach=foreach)
    return tuple(param.grad for param in params[:-1])


def clip_grad_value_foreach(*gradients: Tensor, **options) -> tuple[Tensor, ...]:
    return clip_grad_value(*gradients, foreach=True, **options)
