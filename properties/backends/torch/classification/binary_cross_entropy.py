"""PyTorch's losses of yes or no, named as in reference/binary_cross_entropy.py."""

import torch
import torch.nn.functional as F


def bernoulli_cross_entropy(
    p: torch.Tensor, q: torch.Tensor, *, dim: int
) -> torch.Tensor:
    return -(torch.xlogy(p, q) + torch.special.xlog1py(1 - p, -q)).sum(dim)


def binary_cross_entropy(
    input: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None = None,
    *,
    reduction: str = "mean",
) -> torch.Tensor:
    return F.binary_cross_entropy(input, target, weight, reduction=reduction)


def binary_cross_entropy_with_logits(
    input: torch.Tensor,
    target: torch.Tensor,
    weight: torch.Tensor | None = None,
    pos_weight: torch.Tensor | None = None,
    *,
    reduction: str = "mean",
) -> torch.Tensor:
    return F.binary_cross_entropy_with_logits(
        input, target, weight, reduction=reduction, pos_weight=pos_weight
    )
