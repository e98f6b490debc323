"""Pooling over the valid steps of sequences, on torch's reductions."""

import torch
from torch import Tensor


def sequence_avg_pool(input: Tensor, valid_lens: Tensor | None = None) -> Tensor:
    if valid_lens is None:
        return input.mean(1)
    total = input.masked_fill(_padding(input, valid_lens), 0).sum(1)
    return total / valid_lens[:, None]


def sequence_max_pool(input: Tensor, valid_lens: Tensor | None = None) -> Tensor:
    if valid_lens is not None:
        input = input.masked_fill(_padding(input, valid_lens), -torch.inf)
    return input.max(1).values


def _padding(input: Tensor, valid_lens: Tensor) -> Tensor:
    steps = torch.arange(input.shape[1], device=input.device)
    return (steps >= valid_lens[:, None])[:, :, None]
