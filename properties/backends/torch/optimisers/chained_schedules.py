from torch import Tensor
from torch.optim.lr_scheduler import CosineAnnealingLR, LinearLR, PolynomialLR

from properties.backends.torch.optimisers.schedules import (
    scheduled_anew,
    scheduled_reloaded,
    scheduled_stepwise,
    scheduled_with_tensors,
)


def chained_linear_lr(lr: Tensor, **options) -> Tensor:
    return scheduled_stepwise(LinearLR, lr, **options)


def chained_linear_lr_tensor(lr: Tensor, **options) -> Tensor:
    return scheduled_with_tensors(LinearLR, lr, **options)


def chained_linear_lr_resumed(lr: Tensor, **options) -> Tensor:
    return scheduled_anew(LinearLR, lr, **options)


def chained_linear_lr_reloaded(lr: Tensor, **options) -> Tensor:
    return scheduled_reloaded(LinearLR, lr, **options)


def chained_polynomial_lr(lr: Tensor, **options) -> Tensor:
    return scheduled_stepwise(PolynomialLR, lr, **options)


def chained_polynomial_lr_tensor(lr: Tensor, **options) -> Tensor:
    return scheduled_with_tensors(PolynomialLR, lr, **options)


def chained_polynomial_lr_resumed(lr: Tensor, **options) -> Tensor:
    return scheduled_anew(PolynomialLR, lr, **options)


def chained_polynomial_lr_reloaded(lr: Tensor, **options) -> Tensor:
    return scheduled_reloaded(PolynomialLR, lr, **options)


def chained_cosine_annealing_lr(lr: Tensor, **options) -> Tensor:
    return scheduled_stepwise(CosineAnnealingLR, lr, **options)


def chained_cosine_annealing_lr_tensor(lr: Tensor, **options) -> Tensor:
    return scheduled_with_tensors(CosineAnnealingLR, lr, **options)


def chained_cosine_annealing_lr_resumed(lr: Tensor, **options) -> Tensor:
    return scheduled_anew(CosineAnnealingLR, lr, **options)


def chained_cosine_annealing_lr_reloaded(lr: Tensor, **options) -> Tensor:
    return scheduled_reloaded(CosineAnnealingLR, lr, **options)
