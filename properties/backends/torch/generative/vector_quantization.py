import torch
import torch.nn.functional as F
from torch import Tensor


def vector_quantize(input: Tensor, codebook: Tensor) -> tuple[Tensor, Tensor]:
    distances = (input[:, None] - codebook).square().sum(2)
    chosen = distances.argmin(1)
    return F.embedding(chosen, codebook), chosen


def vector_quantize_gradient(
    input: Tensor, codebook: Tensor, gradient: Tensor, *, commitment: float
) -> tuple[Tensor, Tensor]:
    def loss(input, codebook):
        codes, _ = vector_quantize(input, codebook)
        straight_through = input + (codes - input).detach()
        learnt = (codes - input.detach()).square().sum()
        committed = (input - codes.detach()).square().sum()
        return (gradient * straight_through).sum() + learnt + commitment * committed

    return torch.func.grad(loss, argnums=(0, 1))(input, codebook)
