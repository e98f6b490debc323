"""PyTorch's activations under the names of reference/activations.py."""

import torch


def sigmoid(input: torch.Tensor) -> torch.Tensor:
    return torch.sigmoid(input)
