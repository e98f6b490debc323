"""PyTorch's losses of classifiers under the names of reference/cross_entropy.py."""

import torch
import torch.nn.functional as F


def nll_loss(
    input: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> torch.Tensor:
    return F.nll_loss(
        input, target, weight, ignore_index=ignore_index, reduction=reduction
    )


def cross_entropy(
    input: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> torch.Tensor:
    return F.cross_entropy(
        input,
        target,
        weight,
        ignore_index=ignore_index,
        reduction=reduction,
        label_smoothing=label_smoothing,
    )


def cross_entropy_gradient(
    input: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None = None,
    **options,
) -> torch.Tensor:
    def loss(logits):
        return cross_entropy(logits, target, weight, **options).sum()

    return torch.func.grad(loss)(input)


def probs_gradient(probs: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    return torch.func.grad(lambda s: -(target * torch.log(s)).sum())(probs)
