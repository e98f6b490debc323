import torch
from torch import Tensor
from torch.optim import SGD


def quadratic_descent(
    start: Tensor, matrix: Tensor, offset: Tensor, *, lr: float, steps: int
) -> Tensor:
    x = start.clone().requires_grad_()
    running = SGD([x], lr=lr)
    path = [start.new_zeros(0, *start.shape)]
    for _ in range(steps):
        x.grad = matrix @ x.detach() - offset
        running.step()
        path.append(x.detach().clone()[None])
    return torch.cat(path)


def projected_descent(
    start: Tensor,
    matrix: Tensor,
    offset: Tensor,
    lower: Tensor,
    upper: Tensor,
    *,
    lr: float,
    steps: int,
) -> Tensor:
    x, path = start, [start.new_zeros(0, *start.shape)]
    for _ in range(steps):
        x = (x - lr * (matrix @ x - offset)).clamp(lower, upper)
        path.append(x[None])
    return torch.cat(path)
