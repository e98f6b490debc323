from torch import Tensor
from torch.optim.lr_scheduler import (
    CosineAnnealingLR,
    LinearLR,
    PolynomialLR,
    SequentialLR,
)

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


def warmup_cosine_lr(
    lr: Tensor,
    *,
    warmup: int,
    start_factor: float,
    T_max: int,
    eta_min: float,
    steps: int,
) -> Tensor:
    def schedulers(running):
        line = LinearLR(running, start_factor, total_iters=warmup)
        cosine = CosineAnnealingLR(running, T_max, eta_min)
        return SequentialLR(running, [line, cosine], [warmup])

    return scheduled_stepwise(schedulers, lr, steps=steps)
