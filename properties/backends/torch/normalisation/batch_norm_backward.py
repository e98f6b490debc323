"""The gradient of batch normalization, as torch's backward kernel has it."""

import torch
from torch import Tensor


def batch_norm_backward(
    grad: Tensor,
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None,
    *,
    training: bool,
    eps: float,
) -> tuple[Tensor, ...]:
    if not input.numel():
        raise NotImplementedError("the kernel is only called for something")
    running = (None, None) if training else (running_mean, running_var)
    _, mean, invstd = torch.native_batch_norm(
        input, weight, None, *running, training, 0.1, eps
    )
    ones = input.new_ones(input.shape[1]) if weight is None else weight
    return torch.ops.aten.native_batch_norm_backward(
        grad, input, ones, *running, mean, invstd, training, eps, [True] * 3
    )


def batch_norm_backward_autograd(
    grad: Tensor,
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None,
    *,
    training: bool,
    eps: float,
) -> tuple[Tensor, ...]:
    ones = input.new_ones(input.shape[1])
    leaves = [input, ones if weight is None else weight, torch.zeros_like(ones)]
    leaves = [leaf.detach().requires_grad_() for leaf in leaves]
    running = (None, None) if training else (running_mean, running_var)
    with torch.enable_grad():
        y = torch.nn.functional.batch_norm(
            leaves[0], *running, *leaves[1:], training, 0.1, eps
        )
    return torch.autograd.grad(y, leaves, grad)
