"""PyTorch's margin losses."""

import torch.nn.functional as F
from torch import Tensor


def multi_margin_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    *,
    p: int,
    margin: float,
    reduction: str,
) -> Tensor:
    if input.dtype.itemsize < 4:
        raise NotImplementedError("it is for float32 and float64 alone")
    return F.multi_margin_loss(input, target, p, margin, weight, reduction=reduction)


def multiclass_svm_loss(input: Tensor, target: Tensor, *, margin: float) -> Tensor:
    own = input.gather(1, target[:, None])
    short = (input - own + margin).relu()
    is_own = target[:, None] == target.new_tensor(range(input.shape[1]))
    return short.masked_fill(is_own, 0).sum(1)
