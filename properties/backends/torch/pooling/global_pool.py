"""Global pooling as torch's reductions make it."""

import torch
from torch import Tensor


def global_avg_pool(input: Tensor) -> Tensor:
    return input.flatten(2).mean(2)


def global_max_pool(input: Tensor) -> Tensor:
    return input.flatten(2).max(2).values


def global_avg_pool_softmax(input: Tensor) -> Tensor:
    return torch.softmax(input.flatten(2).mean(2), 1)
