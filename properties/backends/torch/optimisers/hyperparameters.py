import torch
from torch import Tensor


def grid_points(*axes: Tensor) -> Tensor:
    return torch.cartesian_prod(*axes).view(-1, len(axes))


def random_points(uniforms: Tensor, lower: Tensor, upper: Tensor) -> Tensor:
    return torch.addcmul(lower, uniforms, upper - lower)


def best_point(points: Tensor, losses: Tensor) -> Tensor:
    return points[losses.argmin()]
