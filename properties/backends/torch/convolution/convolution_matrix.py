"""Convolutions as matrix products, as torch has them."""

from math import prod

import torch
import torch.nn.functional as F
from torch import Tensor

unfold, fold = F.unfold, F.fold


def convolution_matrix(
    kernel: Tensor, *, input_size: tuple[int, ...], **options: tuple[int, ...]
) -> Tensor:
    pixels = _numbered_pixels(input_size, kernel.shape, **options).to(kernel.device)
    rows = kernel.flatten().expand(len(pixels), -1)
    matrix = kernel.new_zeros(len(pixels), 1 + prod(input_size))
    return matrix.scatter(1, pixels, rows)[:, 1:]


def im2col(input: Tensor, **options: tuple[int, int]) -> Tensor:
    return F.unfold(input[None], **options)[0].T


def conv2d_im2col(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: tuple[int, int] = (1, 1),
    padding: tuple[int, int] = (0, 0),
    dilation: tuple[int, int] = (1, 1),
) -> Tensor:
    kernel_size = weight.shape[2:]
    columns = F.unfold(input, kernel_size, dilation, padding, stride)
    y = weight.flatten(1) @ columns
    places = [
        (n + 2 * p - d * (k - 1) - 1) // s + 1
        for n, k, s, p, d in zip(
            input.shape[2:], kernel_size, stride, padding, dilation
        )
    ]
    y = y if bias is None else y + bias[:, None]
    return y.unflatten(2, places)


def pixel_use_counts(
    *,
    size: tuple[int, ...],
    kernel_size: tuple[int, ...],
    **options: tuple[int, ...],
) -> Tensor:
    pixels = _numbered_pixels(size, kernel_size, **options)
    count = torch.bincount(pixels.flatten(), minlength=1 + prod(size))
    return count[1:].view(size)


def _numbered_pixels(
    size: tuple[int, ...],
    kernel_size: tuple[int, ...],
    *,
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
) -> Tensor:
    """Number the pixels that a kernel sees, a row per place; 0 is the padding."""
    seen = torch.arange(1, 1 + prod(size)).view(size)
    seen = F.pad(seen, [p for p in reversed(padding) for _ in range(2)])
    for axis, (k, s, d) in enumerate(zip(kernel_size, stride, dilation)):
        seen = seen.unfold(axis, d * (k - 1) + 1, s)[..., ::d]
    return seen.reshape(-1, prod(kernel_size))
