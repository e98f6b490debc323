"""Scores of a linear classifier in PyTorch."""

import torch.nn.functional as F
from torch import Tensor


def linear_scores(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    return F.linear(input, weight, bias)
