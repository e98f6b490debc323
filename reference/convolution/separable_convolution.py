"""Convolutions that factor, by channel or by axis, and what a convolution costs."""

import math
from collections.abc import Sequence

import numpy as np

from reference.arguments import check_channels, exact_rank
from reference.convolution.convolution import conv2d
from reference.windows import place_counts, window, window_options


def depthwise_conv2d(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
) -> np.ndarray:
    """Convolve every channel with filters of its own.

        y[n, o, i] = bias[o] + Σ_p  input[n, o // M, pixel] · weight[o, 0, p]
        pixel = i · stride + p · dilation − padding, on both axes;
        M filters for each channel; input is zero outside its borders.

    Shapes:
        input   (batch, channels, height, width)
        weight  (channels · M, 1, kernel_height, kernel_width)
        bias    (channels · M), or None for zeros
        result  (batch, channels · M, out_height, out_width), as `conv2d`

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: shapes that do not fit each other, a kernel that outgrows the
            padded image, or an option below its least value.

    Source: Howard et al., "MobileNets" (arXiv:1704.04861), section 3.1, for M = 1.
    """
    exact_rank("input", input, "batch channels height width")
    exact_rank("weight", weight, "filters depth height width")
    options = window_options(2, stride, padding, dilation)
    batch, channels, *size = input.shape
    filters, depth, *kernel_size = weight.shape
    check_channels(channels, depth, filters, groups=channels)
    if bias is not None and bias.shape != (filters,):
        raise ValueError(f"bias has shape {bias.shape}; it must be ({filters},)")
    places = place_counts(size, kernel_size, **options)
    y = np.zeros((batch, filters, *places), input.dtype)
    if bias is not None:
        y += bias[:, None, None]
    for place in np.ndindex(*places):
        for tap, pixel in window(place, kernel_size, size, **options):
            for n, o in np.ndindex(batch, filters):
                channel = o // (filters // channels)
                y[n, o, *place] += input[n, channel, *pixel] * weight[o, 0, *tap]
    return y


def pointwise_conv2d(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None = None
) -> np.ndarray:
    """Mix the channels of every pixel: a fully connected layer on each.

        y[n, o, i, j] = bias[o] + Σ_c  input[n, c, i, j] · weight[o, c, 0, 0]

    Shapes:
        input   (batch, in_channels, height, width)
        weight  (out_channels, in_channels, 1, 1)
        bias    (out_channels), or None for zeros
        result  (batch, out_channels, height, width)

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Lin, Chen and Yan, "Network In Network" (arXiv:1312.4400), section 3.1.
    """
    exact_rank("input", input, "batch channels height width")
    batch, channels, *size = input.shape
    if weight.shape[1:] != (channels, 1, 1):
        raise ValueError(
            f"weight has shape {weight.shape}; it must be (filters, {channels}, 1, 1)"
        )
    if bias is not None and bias.shape != weight.shape[:1]:
        raise ValueError(f"bias has shape {bias.shape}; it must be ({len(weight)},)")
    y = np.zeros((batch, len(weight), *size), input.dtype)
    if bias is not None:
        y += bias[:, None, None]
    for n, o, i, j in np.ndindex(y.shape):
        for c in range(channels):
            y[n, o, i, j] += input[n, c, i, j] * weight[o, c, 0, 0]
    return y


def depthwise_separable_conv2d(
    input: np.ndarray,
    depthwise_weight: np.ndarray,
    pointwise_weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
) -> np.ndarray:
    """Filter every channel by itself, then mix the channels of every pixel.

        y = pointwise_conv2d(depthwise_conv2d(input, depthwise_weight), …)

    Shapes:
        input             (batch, channels, height, width)
        depthwise_weight  (channels · M, 1, kernel_height, kernel_width)
        pointwise_weight  (out_channels, channels · M, 1, 1)
        bias              (out_channels), or None for zeros
        result            (batch, out_channels, out_height, out_width)

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: as `depthwise_conv2d` and `pointwise_conv2d`.

    Source: Howard et al., "MobileNets" (arXiv:1704.04861), section 3.1.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    filtered = depthwise_conv2d(input, depthwise_weight, **options)
    return pointwise_conv2d(filtered, pointwise_weight, bias)


def spatially_separable_conv2d(
    input: np.ndarray,
    column: np.ndarray,
    row: np.ndarray,
    *,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
) -> np.ndarray:
    """Convolve every channel with a column, then with a row.

        y = (input ⋆ column) ⋆ row
          = input ⋆ kernel, where kernel[p, q] = column[p] · row[q]

    Shapes:
        input   (batch, channels, height, width)
        column  (kernel_height)
        row     (kernel_width)
        result  (batch, channels, out_height, out_width), as `conv2d`

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: shapes of other ranks, a kernel that outgrows the padded image, or
            an option below its least value.

    Source: Szeliski, "Computer Vision: Algorithms and Applications", section on
        separable filtering.
    """
    exact_rank("input", input, "batch channels height width")
    exact_rank("column", column, "kernel_height")
    exact_rank("row", row, "kernel_width")
    s, p, d = window_options(2, stride, padding, dilation).values()
    y = input.reshape(-1, 1, *input.shape[2:])
    down = {"stride": (s[0], 1), "padding": (p[0], 0), "dilation": (d[0], 1)}
    y = conv2d(y, column.reshape(1, 1, -1, 1), **down)
    along = {"stride": (1, s[1]), "padding": (0, p[1]), "dilation": (1, d[1])}
    y = conv2d(y, row.reshape(1, 1, 1, -1), **along)
    return y.reshape(*input.shape[:2], *y.shape[2:])


def conv_parameter_count(
    in_channels: int,
    out_channels: int,
    kernel_size: Sequence[int],
    *,
    groups: int = 1,
    bias: bool = True,
) -> int:
    """Count the numbers that a convolution layer learns.

        out_channels · in_channels / groups · Π kernel_size  (+ out_channels for a bias)

    Raises:
        ValueError: groups do not divide the channels.

    Source: PyTorch's documentation of torch.nn.Conv2d, the shapes of weight and bias.
    """
    check_channels(in_channels, in_channels // max(groups, 1), out_channels, groups)
    weights = out_channels * (in_channels // groups) * math.prod(kernel_size)
    return weights + (out_channels if bias else 0)


def conv_mac_count(
    in_channels: int,
    out_channels: int,
    kernel_size: Sequence[int],
    out_size: Sequence[int],
    *,
    groups: int = 1,
) -> int:
    """Count the multiply-accumulates of a convolution layer, for one image.

        conv_parameter_count without bias · Π out_size
        Taps that land in the padding are counted too.

    Raises:
        ValueError: groups do not divide the channels.

    Source: Howard et al., "MobileNets" (arXiv:1704.04861), section 3.1, for groups = 1.
    """
    parameters = conv_parameter_count(
        in_channels, out_channels, kernel_size, groups=groups, bias=False
    )
    return parameters * math.prod(out_size)
