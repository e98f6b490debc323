"""Convolution as torch's layer has it, which is to be the function."""

import torch
from torch import Tensor


def conv2d_module(
    input: Tensor, weight: Tensor, bias: Tensor | None = None, **options
) -> Tensor:
    filters, channels, *kernel_size = weight.shape
    channels *= options.get("groups", 1)
    layer = torch.nn.Conv2d(
        channels, filters, kernel_size, bias=bias is not None, device="meta", **options
    )
    state = {"weight": weight} | ({} if bias is None else {"bias": bias})
    return torch.func.functional_call(layer, state, (input,))
