"""PyTorch's softmax and its relatives under the names of reference/softmax.py."""

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


def log_softmax(input: torch.Tensor, *, dim: int) -> torch.Tensor:
    return F.log_softmax(input, dim)


def logsumexp(input: torch.Tensor, *, dim: int, keepdim: bool = False) -> torch.Tensor:
    return torch.logsumexp(input, dim, keepdim)


def softmax_jacobian(input: torch.Tensor) -> torch.Tensor:
    rows = input.reshape(-1, input.shape[-1])
    jacobian = torch.func.jacrev(lambda row: F.softmax(row, 0))
    return torch.func.vmap(jacobian)(rows).reshape(*input.shape, -1)


def sample_softmax(logits: torch.Tensor, uniform: torch.Tensor) -> torch.Tensor:
    sums = F.softmax(logits, -1).cumsum(-1)
    height = uniform[..., None] * sums[..., -1:]
    return torch.searchsorted(sums, height, right=True)[..., 0]


def gumbel_max(logits: torch.Tensor, uniforms: torch.Tensor) -> torch.Tensor:
    return torch.argmax(logits - torch.log(-torch.log(uniforms)), -1)
