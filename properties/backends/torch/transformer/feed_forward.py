"""What follows attention, of torch's dense layers and its normalization."""

from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.normalisation.layer_norm import layer_norm


def position_wise_ffn(
    input: Tensor,
    weight1: Tensor,
    bias1: Tensor | None,
    weight2: Tensor,
    bias2: Tensor | None,
    *,
    activation: str = "relu",
) -> Tensor:
    hidden = getattr(F, activation)(F.linear(input, weight1, bias1))
    return F.linear(hidden, weight2, bias2)


def add_norm(
    input: Tensor,
    sublayer: Tensor,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    *,
    normalized_shape: Sequence[int],
    eps: float = 1e-5,
) -> Tensor:
    options = {"normalized_shape": normalized_shape, "eps": eps}
    return layer_norm(input + sublayer, weight, bias, **options)
