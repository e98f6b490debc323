import torch
from torch import Tensor


def project_on_box(input: Tensor, lower: Tensor, upper: Tensor) -> Tensor:
    return input.clamp(lower, upper)


def project_on_ball(input: Tensor, *, dim: int, radius: float) -> Tensor:
    norm = torch.linalg.vector_norm(input, dim=dim, keepdim=True)
    return input * (radius / norm.clamp(min=radius))


def project_on_simplex(input: Tensor, *, dim: int) -> Tensor:
    rows = input.movedim(dim, -1)
    sums = rows.sort(-1, descending=True).values.cumsum(-1)
    count = torch.arange(1, rows.shape[-1] + 1, device=rows.device)
    threshold = ((sums - 1) / count).amax(-1, keepdim=True)
    return (rows - threshold).clamp(min=0).movedim(-1, dim)
