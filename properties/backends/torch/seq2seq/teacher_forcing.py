"""Inputs and losses of a decoder that is trained, by torch."""

import torch
import torch.nn.functional as F
from torch import Tensor

from properties.backends.torch.inputs import given


def shift_right(target: Tensor, *, bos: int) -> Tensor:
    return F.pad(target[:, :-1], (1, 0), value=bos) if target.shape[1] else target


def shift_right_inplace(target: Tensor, *, bos: int) -> Tensor:
    """Move tokens by one place in the tensor that they are in."""
    shifted = given(target)
    shifted[:, 1:] = shifted[:, :-1].clone()
    first = torch.full_like(shifted[:, :1], bos)
    return torch.cat([first, shifted[:, 1:]], 1)


def masked_cross_entropy(
    input: Tensor, target: Tensor, valid_lens: Tensor, *, reduction: str
) -> Tensor:
    """What does not count is a target that torch ignores."""
    counts = torch.arange(target.shape[1], device=target.device) < valid_lens[:, None]
    target = target.masked_fill(~counts, -100)
    kept = "none" if reduction == "steps" else reduction
    losses = F.cross_entropy(input.transpose(1, 2), target, reduction=kept)
    return losses.mean(1) if reduction == "steps" else losses


def masked_cross_entropy_weighted(
    input: Tensor, target: Tensor, valid_lens: Tensor, *, reduction: str
) -> Tensor:
    """What does not count is multiplied by 0."""
    counts = torch.arange(target.shape[1], device=target.device) < valid_lens[:, None]
    losses = F.cross_entropy(input.transpose(1, 2), target, reduction="none") * counts
    if reduction == "mean":
        return losses.sum() / counts.sum()
    if reduction == "steps":
        return losses.mean(1)
    return losses if reduction == "none" else losses.sum()
