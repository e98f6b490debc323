import torch
from torch import Tensor


def systolic_matmul(a: Tensor, b: Tensor, *, stationary: str) -> tuple[Tensor, Tensor]:
    return a @ b, torch.tensor(len(a) + len(b) + b.shape[1] - 2)
