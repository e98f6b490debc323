"""What runs an optimiser of torch.optim: parameters, gradients, and steps."""

from collections.abc import Callable, Sequence
from copy import deepcopy

import torch
from torch import Tensor


def in_one(tensor: Tensor) -> list[Tensor]:
    return [tensor.clone()]


def in_parts(tensor: Tensor) -> list[Tensor]:
    """Views of one buffer: an empty one, one without axes, and two lists."""
    flat = tensor.clone().flatten()
    middle = 1 + flat.numel() // 3
    return [flat[:0], *flat[:1], flat[1:middle], flat[middle:]]


def with_gaps(tensor: Tensor) -> list[Tensor]:
    """Numbers that are not side by side, as in a column of a matrix."""
    return [torch.stack([tensor, tensor], -1)[..., 0]]


def trajectory(
    optimiser: Callable,
    cut: Callable[[Tensor], list[Tensor]],
    param: Tensor,
    gradients: Tensor,
    *,
    lr: float | Sequence[float],
    resumes: bool = False,
    accumulates: bool = False,
    tensor_lr: bool = False,
    eps_inside_sqrt: bool = False,
    **options,
) -> Tensor:
    """The parameter after each step; beside it, one that never has a gradient."""
    if eps_inside_sqrt:
        raise NotImplementedError("torch.optim adds eps to the root")
    rates = [*lr] if isinstance(lr, Sequence) else [lr] * len(gradients)
    if tensor_lr:
        rates = [torch.tensor(rate, dtype=torch.float64) for rate in rates]
    leaves = [leaf.requires_grad_() for leaf in cut(param)]
    idle = torch.ones_like(param, requires_grad=True)
    running = optimiser([*leaves, idle], lr=rates[0], **options)
    path = []
    for rate, gradient in zip(rates, gradients):
        for leaf, piece in zip(leaves, cut(gradient)):
            old = leaf.grad if accumulates else None
            leaf.grad = piece.contiguous() if old is None else old.add_(piece)
        if resumes:
            saved = deepcopy(running.state_dict())
            running = optimiser([*leaves, idle], lr=rates[0], **options)
            running.load_state_dict(saved)
        running.param_groups[0]["lr"] = rate
        running.step()
        path.append(torch.cat([leaf.detach().flatten() for leaf in leaves]))
    return torch.stack(path).view_as(gradients)
