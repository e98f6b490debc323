"""PyTorch's distances under the names of reference/distances/distances.py."""

import torch
from torch import Tensor


def cdist(x1: Tensor, x2: Tensor, *, p: float) -> Tensor:
    mode = "donot_use_mm_for_euclid_dist"
    return torch.cdist(x1, x2, float(p), compute_mode=mode)


def gram_cdist(x1: Tensor, x2: Tensor) -> Tensor:
    return torch.cdist(x1, x2, 2.0, compute_mode="use_mm_for_euclid_dist")


def nearest_neighbour(
    train: Tensor, labels: Tensor, queries: Tensor, *, p: float
) -> Tensor:
    return labels[cdist(queries, train, p=p).argmin(1)]


def k_nearest_neighbours(
    train: Tensor, labels: Tensor, queries: Tensor, *, k: int, p: float
) -> Tensor:
    order = cdist(queries, train, p=p).sort(dim=1, stable=True).indices
    return labels[order[:, :k]].mode(1).values
