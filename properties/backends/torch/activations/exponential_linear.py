"""Exponential linear units as torch has them, also in place."""

import torch.nn.functional as F
from torch import Tensor


def elu(input: Tensor, *, alpha: float) -> Tensor:
    return F.elu(input, alpha)


def elu_inplace(input: Tensor, *, alpha: float) -> Tensor:
    return F.elu_(input.clone(), alpha)


def selu(input: Tensor) -> Tensor:
    return F.selu(input)


def selu_inplace(input: Tensor) -> Tensor:
    return F.selu_(input.clone())
