from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from torch.optim import SGD
from torch.optim.lr_scheduler import (
    CosineAnnealingLR,
    LambdaLR,
    LinearLR,
    MultiStepLR,
    PolynomialLR,
    StepLR,
)


def optimiser_of(rates: Sequence[float | Tensor]) -> SGD:
    """One that has as many groups as there are rates."""
    param = [torch.zeros(1, requires_grad=True) for _ in rates]
    return SGD([{"params": [p], "lr": rate} for p, rate in zip(param, rates)], lr=1.0)


def scheduled_stepwise(
    scheduler: Callable,
    lr: Tensor,
    *,
    steps: int,
    renew: Callable = lambda running, schedule, t: (running, schedule),
    **options,
) -> Tensor:
    """The rates that an optimiser has before each step of a schedule.

    What `renew` makes of the two after a step goes on in their place.
    """
    running = optimiser_of(lr.tolist())
    schedule = scheduler(running, **options)
    rates = []
    for t in range(steps):
        rates.append([group["lr"] for group in running.param_groups])
        running.step()
        schedule.step()
        running, schedule = renew(running, schedule, t)
    return lr.new_tensor(rates).view(steps, len(lr))


def scheduled_with_tensors(
    scheduler: Callable, lr: Tensor, *, steps: int, **options
) -> Tensor:
    """The same of rates that are tensors, which a schedule changes in place."""
    running = optimiser_of([*lr.clone()])
    schedule = scheduler(running, **options)
    rates = []
    for _ in range(steps):
        rates += [group["lr"].clone() for group in running.param_groups]
        running.step()
        schedule.step()
    return (
        torch.stack(rates).view(steps, len(lr)) if rates else lr.new_zeros(0, len(lr))
    )


def scheduled_anew(scheduler: Callable, lr: Tensor, *, steps: int, **options) -> Tensor:
    """The same, by an optimiser and a schedule made anew after each step."""

    def renew(running, schedule, t):
        other = optimiser_of(lr.tolist())
        other.load_state_dict(running.state_dict())
        return other, scheduler(other, last_epoch=t, **options)

    return scheduled_stepwise(scheduler, lr, steps=steps, renew=renew, **options)


def scheduled_reloaded(
    scheduler: Callable, lr: Tensor, *, steps: int, **options
) -> Tensor:
    """The same, with the states of both saved and loaded after each step."""

    def renew(running, schedule, t):
        other = optimiser_of(lr.tolist())
        later = scheduler(other, **options)
        other.load_state_dict(running.state_dict())
        later.load_state_dict(schedule.state_dict())
        return other, later

    return scheduled_stepwise(scheduler, lr, steps=steps, renew=renew, **options)


def scheduled_at_once(
    scheduler: Callable, lr: Tensor, *, steps: int, **options
) -> Tensor:
    """The rates by step(epoch), which takes the closed form."""
    running = optimiser_of(lr.tolist())
    schedule = scheduler(running, **options)
    rates = []
    for t in reversed(range(steps)):
        schedule.step(t)
        rates.append([group["lr"] for group in running.param_groups])
    return lr.new_tensor(rates[::-1]).view(steps, len(lr))


def step_lr(lr: Tensor, **options) -> Tensor:
    return scheduled_stepwise(StepLR, lr, **options)


def step_lr_closed(lr: Tensor, **options) -> Tensor:
    return scheduled_at_once(StepLR, lr, **options)


def step_lr_tensor(lr: Tensor, **options) -> Tensor:
    return scheduled_with_tensors(StepLR, lr, **options)


def step_lr_resumed(lr: Tensor, **options) -> Tensor:
    return scheduled_anew(StepLR, lr, **options)


def step_lr_reloaded(lr: Tensor, **options) -> Tensor:
    return scheduled_reloaded(StepLR, lr, **options)


def multi_step_lr(lr: Tensor, **options) -> Tensor:
    return scheduled_stepwise(MultiStepLR, lr, **options)


def multi_step_lr_closed(lr: Tensor, **options) -> Tensor:
    return scheduled_at_once(MultiStepLR, lr, **options)


def multi_step_lr_tensor(lr: Tensor, **options) -> Tensor:
    return scheduled_with_tensors(MultiStepLR, lr, **options)


def multi_step_lr_resumed(lr: Tensor, **options) -> Tensor:
    return scheduled_anew(MultiStepLR, lr, **options)


def multi_step_lr_reloaded(lr: Tensor, **options) -> Tensor:
    return scheduled_reloaded(MultiStepLR, lr, **options)


def linear_lr(lr: Tensor, **options) -> Tensor:
    return scheduled_at_once(LinearLR, lr, **options)


def linear_lr_lambda(
    lr: Tensor,
    *,
    start_factor: float,
    end_factor: float,
    total_iters: int,
    steps: int,
) -> Tensor:
    rise = (end_factor - start_factor) / total_iters
    return scheduled_stepwise(
        LambdaLR,
        lr,
        lr_lambda=lambda t: start_factor + rise * min(t, total_iters),
        steps=steps,
    )


def polynomial_lr(lr: Tensor, **options) -> Tensor:
    return scheduled_at_once(PolynomialLR, lr, **options)


def cosine_annealing_lr(lr: Tensor, **options) -> Tensor:
    return scheduled_at_once(CosineAnnealingLR, lr, **options)


def inverse_sqrt_lr(lr: Tensor, *, steps: int) -> Tensor:
    return scheduled_stepwise(
        LambdaLR, lr, lr_lambda=lambda t: (t + 1) ** -0.5, steps=steps
    )
