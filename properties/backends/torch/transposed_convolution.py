"""reference/transposed_convolution.py on PyTorch."""

import math

import torch
import torch.nn.functional as F
from torch.nn.functional import (  # noqa: F401
    conv_transpose1d,
    conv_transpose2d,
    conv_transpose3d,
)


def transposed_output_size(size, kernel, *, stride, padding, output_padding, dilation):
    x, w = (
        torch.empty(1, 1, size, device="meta"),
        torch.empty(1, 1, kernel, device="meta"),
    )
    options = {"padding": padding, "output_padding": output_padding}
    y = F.conv_transpose1d(x, w, stride=stride, dilation=dilation, **options)
    return y.shape[-1]


def convolution_matrix(weight, *, size, stride, padding, dilation):
    """Column j is the convolution of the j-th unit image."""
    channels, n = weight.shape[1], weight.shape[1] * math.prod(size)
    units = torch.eye(n, dtype=weight.dtype, device=weight.device)
    conv = (F.conv1d, F.conv2d, F.conv3d)[len(size) - 1]
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    return conv(units.reshape(n, channels, *size), weight, **options).reshape(n, -1).T


def zero_insert(input, *, stride):
    stretched = [(n - 1) * s + 1 for n, s in zip(input.shape[2:], stride)]
    y = input.new_zeros(*input.shape[:2], *stretched)
    y[:, :, *[slice(None, None, s) for s in stride]] = input
    return y
