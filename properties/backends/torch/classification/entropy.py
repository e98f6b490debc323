"""PyTorch's entropies and divergences under the names of reference/entropy.py."""

import torch
import torch.nn.functional as F


def information(probs: torch.Tensor) -> torch.Tensor:
    return -torch.log(probs)


def entropy(probs: torch.Tensor, *, dim: int) -> torch.Tensor:
    return torch.special.entr(probs).sum(dim)


def categorical_cross_entropy(
    p: torch.Tensor, q: torch.Tensor, *, dim: int
) -> torch.Tensor:
    return -torch.xlogy(p, q).sum(dim)


def kl_divergence(p: torch.Tensor, q: torch.Tensor, *, dim: int) -> torch.Tensor:
    return F.kl_div(torch.log(q), p, reduction="none").sum(dim)


def kl_div(
    input: torch.Tensor,
    target: torch.Tensor,
    *,
    reduction: str = "mean",
    log_target: bool = False,
) -> torch.Tensor:
    # F.kl_div warns that its "mean" is not the mean of divergences.
    losses = F.kl_div(input, target, reduction="none", log_target=log_target)
    if reduction == "mean":
        return losses.mean()
    return F.kl_div(input, target, reduction=reduction, log_target=log_target)
