"""Squeeze and excitation in torch."""

import torch
import torch.nn.functional as F
from torch import Tensor


def squeeze_excitation(
    input: Tensor,
    weight1: Tensor,
    bias1: Tensor | None,
    weight2: Tensor,
    bias2: Tensor | None,
) -> Tensor:
    squeezed = input.flatten(2).mean(2)
    gates = torch.sigmoid(
        F.linear(F.relu(F.linear(squeezed, weight1, bias1)), weight2, bias2)
    )
    return gates[(..., *[None] * (input.ndim - 2))] * input
