import torch
import torch.nn.functional as F
from torch import Tensor


def embedding(input: Tensor, weight: Tensor) -> Tensor:
    return F.embedding(input, weight)


def embedding_max_norm(
    input: Tensor, weight: Tensor, **options
) -> tuple[Tensor, Tensor]:
    table = weight.clone()
    return F.embedding(input, table, **options), table


def embedding_gradient(
    input: Tensor, gradient: Tensor, *, num_embeddings: int, **options
) -> Tensor:
    weight = gradient.new_zeros(num_embeddings, gradient.shape[-1]).requires_grad_()
    y = F.embedding(input, weight, **options)
    return torch.autograd.grad(y, weight, gradient)[0]
