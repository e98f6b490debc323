"""Layer normalization as torch has it: a function, and a module."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor


def layer_norm(
    input: Tensor,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    *,
    normalized_shape: Sequence[int],
    eps: float = 1e-5,
) -> Tensor:
    return F.layer_norm(input, normalized_shape, weight, bias, eps)


def layer_norm_strided(
    input: Tensor, weight: Tensor | None = None, bias: Tensor | None = None, **options
) -> Tensor:
    """Normalize an input whose first axis is the last in memory."""
    strided = input.movedim(0, -1).contiguous().movedim(-1, 0)
    return layer_norm(strided, weight, bias, **options)


def layer_norm_module(
    input: Tensor,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    *,
    normalized_shape: Sequence[int],
    eps: float = 1e-5,
) -> Tensor:
    if weight is None and bias is not None:
        raise NotImplementedError("the module has a bias only beside a weight")
    layer = torch.nn.LayerNorm(
        normalized_shape,
        eps,
        elementwise_affine=weight is not None,
        bias=bias is not None,
        device="meta",
    )
    given = {"weight": weight, "bias": bias}
    state = {name: tensor for name, tensor in given.items() if tensor is not None}
    return torch.func.functional_call(layer, state, (input,))
