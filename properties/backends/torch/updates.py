"""What changes a tensor in place in PyTorch."""

import torch
from torch import Tensor


def update(
    input: Tensor, other: Tensor | None = None, *, function: str, no_grad: bool
) -> Tensor:
    given = () if other is None else (other,)
    if not no_grad:
        return getattr(input, function)(*given)
    with torch.no_grad():
        return getattr(input, function)(*given)
