"""PyTorch's log_softmax and logsumexp under the names of reference/log_softmax.py."""

import torch
import torch.nn.functional as F


def log_softmax(input: torch.Tensor, *, dim: int) -> torch.Tensor:
    return F.log_softmax(input, dim)


def logsumexp(input: torch.Tensor, *, dim: int, keepdim: bool = False) -> torch.Tensor:
    return torch.logsumexp(input, dim, keepdim)
