"""PyTorch's softmax under the names of reference/softmax.py."""

import torch
import torch.nn.functional as F


def softmax(input: torch.Tensor, *, dim: int) -> torch.Tensor:
    return F.softmax(input, dim)


def naive_softmax(input: torch.Tensor, *, dim: int) -> torch.Tensor:
    powers = torch.exp(input)
    return powers / powers.sum(dim, keepdim=True)


def softmax_with_temperature(
    input: torch.Tensor, *, dim: int, temperature: float
) -> torch.Tensor:
    return F.softmax(input / temperature, dim)


def softmax_jacobian(input: torch.Tensor) -> torch.Tensor:
    rows = input.reshape(-1, input.shape[-1])
    jacobian = torch.func.jacrev(lambda row: F.softmax(row, 0))
    return torch.func.vmap(jacobian)(rows).reshape(*input.shape, -1)
