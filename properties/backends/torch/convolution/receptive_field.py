"""The pixels that torch's convolutions read."""

from collections.abc import Iterable, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor


def receptive_field(
    kernel_sizes: Tensor, *, strides: Sequence[int], dilations: Sequence[int]
) -> Tensor:
    layers = [*zip(kernel_sizes.tolist(), strides, [0] * len(strides), dilations)]
    size = 1
    for kernel, stride, _, dilation in reversed(layers):
        size = size * stride + kernel * dilation
    pixels = _pixels_read(layers, 0, size)
    return pixels[-1] - pixels[0] + 1


def dependencies(
    kernel_sizes: Tensor,
    *,
    place: int,
    size: int,
    strides: Sequence[int],
    paddings: Sequence[int],
    dilations: Sequence[int],
) -> Tensor:
    layers = zip(kernel_sizes.tolist(), strides, paddings, dilations)
    return _pixels_read(layers, place, size)


def _pixels_read(layers: Iterable[Sequence[int]], place: int, size: int) -> Tensor:
    """Where the gradient of an output is: all weights are one, so none cancel."""
    with torch.enable_grad():
        x = torch.ones(1, 1, size, dtype=torch.float64, requires_grad=True)
        y = x
        for kernel, *options in layers:
            y = F.conv1d(y, y.new_ones(1, 1, kernel), None, *options)
        [gradient] = torch.autograd.grad(y[0, 0, place], x)
    return gradient[0, 0].nonzero()[:, 0]
