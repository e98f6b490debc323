"""Sampling from a softmax in PyTorch under the names of reference/sampling.py."""

import torch
import torch.nn.functional as F


def sample_softmax(logits: torch.Tensor, uniform: torch.Tensor) -> torch.Tensor:
    sums = F.softmax(logits, -1).cumsum(-1)
    height = uniform[..., None] * sums[..., -1:]
    return torch.searchsorted(sums, height, right=True)[..., 0]


def gumbel_max(logits: torch.Tensor, uniforms: torch.Tensor) -> torch.Tensor:
    return torch.argmax(logits - torch.log(-torch.log(uniforms)), -1)
