"""Transposed convolution as an ordinary one, of an input stretched by zeros."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import (
    check_least,
    check_transposed_channels,
    per_axis,
    same_rank,
)
from reference.convolution.convolution import convolution
from reference.convolution.padding import pad


def zero_insert(input: np.ndarray, *, stride: int | Sequence[int]) -> np.ndarray:
    """Put stride − 1 zeros between neighbouring pixels of images.

        y[n, c, i · stride] = input[n, c, i], and 0 elsewhere

    Shapes:
        input   (batch, channels, *size)
        result  (batch, channels, *(size − 1) · stride + 1)

    Units: stride counts pixels, one number for all axes or one for each.

    Raises:
        ValueError: a stride below 1, or a size of 0.

    Source: Dumoulin and Visin (arXiv:1603.07285), relationship 12, the stretched
        input.
    """
    batch, channels, *size = input.shape
    check_least(1, **{f"axis {axis} of input": n for axis, n in enumerate(size, 2)})
    stride = per_axis("stride", stride, len(size), least=1)
    stretched = [(n - 1) * s + 1 for n, s in zip(size, stride)]
    y = np.zeros((batch, channels, *stretched), input.dtype)
    for n, c, *i in np.ndindex(input.shape):
        y[n, c, *np.multiply(i, stride)] = input[n, c, *i]
    return y


def transposed_convolution_by_convolution(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    output_padding: int | Sequence[int] = 0,
    groups: int = 1,
    dilation: int | Sequence[int] = 1,
) -> np.ndarray:
    """Compute a transposed convolution by an ordinary one, of stride 1.

        y = conv(pad(zero_insert(input)), flip(weight) with in and out exchanged)
        padded by output_padding on the far side, then by dilation · (kernel_size − 1)
        − padding on both: where that is negative, cropped

    Shapes, Units, Raises: as `transposed_convolution`.

    Source: Dumoulin and Visin (arXiv:1603.07285), relationship 14.
    """
    axes = same_rank(input, weight, "input and weight") - 2
    _, channels, *kernel_size = weight.shape
    check_transposed_channels(input.shape[1], len(weight), groups)
    dilation = per_axis("dilation", dilation, axes, least=1)
    padding = per_axis("padding", padding, axes, least=0)
    more = per_axis("output_padding", output_padding, axes, least=0)
    reach = [d * (k - 1) for d, k in zip(dilation, kernel_size)]
    far = [n for m in reversed(more) for n in (0, m)]
    both = [r - p for r, p in zip(reversed(reach), reversed(padding)) for _ in range(2)]
    x = pad(pad(zero_insert(input, stride=stride), pad=far), pad=both)
    filters = np.flip(weight, range(2, 2 + axes)).reshape(
        groups, -1, channels, *kernel_size
    )
    filters = filters.swapaxes(1, 2).reshape(groups * channels, -1, *kernel_size)
    return convolution(x, filters, bias, dilation=dilation, groups=groups)
