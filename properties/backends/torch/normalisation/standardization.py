"""Standardization by torch's mean and standard deviation."""

import torch
from torch import Tensor


def standardize(input: Tensor, *, dim: int, correction: int) -> Tensor:
    std, mean = torch.std_mean(input, dim, correction=correction, keepdim=True)
    return (input - mean) / std


def normalize_channels(input: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    return (input - mean[:, None, None]) / std[:, None, None]
