"""PyTorch's autograd under the names of reference/cross_entropy_gradient.py."""

import torch

from properties.backends.torch.classification.cross_entropy import cross_entropy


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
