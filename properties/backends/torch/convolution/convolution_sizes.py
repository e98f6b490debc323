"""The sizes that torch's convolutions have."""

import torch
import torch.nn.functional as F
from torch import Tensor


def total_padding_output_size(
    size: Tensor, kernel: Tensor, *, stride: int, total_padding: int, dilation: int
) -> Tensor:
    padding, odd = divmod(total_padding, 2)
    x, weight = (torch.empty(1, 1, int(n), device="meta") for n in (size + odd, kernel))
    y = F.conv1d(x, weight, stride=stride, padding=padding, dilation=dilation)
    return torch.tensor(y.shape[2])


def transposed_output_size(
    size: Tensor,
    kernel: Tensor,
    *,
    stride: int,
    padding: int,
    output_padding: int,
    dilation: int,
) -> Tensor:
    x, weight = (torch.empty(1, 1, int(n), device="meta") for n in (size, kernel))
    options = (stride, padding, output_padding, 1, dilation)
    return torch.tensor(F.conv_transpose1d(x, weight, None, *options).shape[2])
