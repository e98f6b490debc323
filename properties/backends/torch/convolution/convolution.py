"""The convolution layer as torch has it."""

import torch
import torch.nn.functional as F
from torch import Tensor

conv1d, conv2d, conv3d = F.conv1d, F.conv2d, F.conv3d


def conv2d_module(
    input: Tensor, weight: Tensor, bias: Tensor | None = None, **options
) -> Tensor:
    """Convolve by torch's layer, which is to be the function."""
    filters, channels, *kernel_size = weight.shape
    channels *= options.get("groups", 1)
    layer = torch.nn.Conv2d(
        channels, filters, kernel_size, bias=bias is not None, device="meta", **options
    )
    state = {"weight": weight} | ({} if bias is None else {"bias": bias})
    return torch.func.functional_call(layer, state, (input,))
