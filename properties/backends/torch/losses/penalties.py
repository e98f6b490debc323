"""Penalties of weights in PyTorch."""

from torch import Tensor


def l2_penalty(weight: Tensor) -> Tensor:
    return (weight * weight).sum()


def l1_penalty(weight: Tensor) -> Tensor:
    return weight.abs().sum()


def elastic_net_penalty(weight: Tensor, *, beta: float) -> Tensor:
    return (beta * (weight * weight) + weight.abs()).sum()


def regularised_loss(losses: Tensor, weight: Tensor, *, strength: float) -> Tensor:
    return losses.mean() + strength * (weight * weight).sum()
