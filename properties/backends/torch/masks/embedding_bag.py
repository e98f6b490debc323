import torch
import torch.nn.functional as F
from torch import Tensor


def embedding_bag(
    input: Tensor,
    weight: Tensor,
    offsets: Tensor | None = None,
    per_sample_weights: Tensor | None = None,
    **options,
) -> Tensor:
    return F.embedding_bag(
        input, weight, offsets, per_sample_weights=per_sample_weights, **options
    )


def embedding_bag_gradient(
    input: Tensor,
    gradient: Tensor,
    offsets: Tensor | None = None,
    per_sample_weights: Tensor | None = None,
    *,
    num_embeddings: int,
    **options,
) -> Tensor:
    weight = gradient.new_zeros(num_embeddings, gradient.shape[-1]).requires_grad_()
    y = F.embedding_bag(
        input, weight, offsets, per_sample_weights=per_sample_weights, **options
    )
    return torch.autograd.grad(y, weight, gradient)[0]
