"""Highway layers by torch."""

import torch
from torch import Tensor
from torch.nn import functional as F


def highway(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    gate_weight: Tensor,
    gate_bias: Tensor | None,
) -> Tensor:
    transform = torch.sigmoid(F.linear(input, gate_weight, gate_bias))
    made = torch.tanh(F.linear(input, weight, bias))
    return transform * made + (1 - transform) * input
