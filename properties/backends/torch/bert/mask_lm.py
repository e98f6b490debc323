"""The masked language model, of torch's layers."""

import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.tensors.indexing import batch_gather


def mask_lm(
    input: Tensor,
    pred_positions: Tensor,
    weight1: Tensor,
    bias1: Tensor,
    norm_weight: Tensor,
    norm_bias: Tensor,
    weight2: Tensor,
    bias2: Tensor,
    *,
    activation: str = "relu",
    eps: float = 1e-5,
) -> Tensor:
    h = F.linear(batch_gather(input, pred_positions), weight1, bias1)
    h = getattr(F, activation)(h)
    h = F.layer_norm(h, h.shape[2:], norm_weight, norm_bias, eps)
    return F.linear(h, weight2, bias2)


def mlm_loss(
    input: Tensor, target: Tensor, mask: Tensor, *, eps: float = 0.0
) -> Tensor:
    asked = target.masked_fill(~mask, -100)
    total = F.cross_entropy(input.transpose(1, 2), asked, reduction="sum")
    return (total / (mask.sum().double() + eps)).to(input.dtype)
