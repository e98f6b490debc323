"""PyTorch's linear classifier under the names of reference/softmax_regression.py."""

import torch
import torch.nn.functional as F


def linear(
    input: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None
) -> torch.Tensor:
    return F.linear(input, weight, bias)


def softmax_regression(
    input: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None,
    target: torch.Tensor,
) -> torch.Tensor:
    return F.cross_entropy(F.linear(input, weight, bias), target)


def softmax_regression_gradient(
    input: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None,
    target: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    if bias is None:
        bias = weight.new_zeros(len(weight))
    gradient = torch.func.grad(softmax_regression, argnums=(1, 2))
    return gradient(input, weight, bias, target)


def likelihood(probs: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return probs.gather(1, target[:, None]).prod()


def log_likelihood(probs: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return -F.nll_loss(torch.log(probs), target, reduction="sum")
