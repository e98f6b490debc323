"""The convolution layer: batches, channels, filters, groups and bias."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import check_channels, exact_rank, per_axis, same_rank
from reference.windows import output_size, window


def convolution(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> np.ndarray:
    """Cross-correlate batches of images (signals, volumes) with filters.

        y[n, o, i] = bias[o] + Σ_c Σ_p  input[n, g · C + c, pixel]  ·  weight[o, c, p]
        pixel = i · stride + p · dilation − padding
        g = o // (out_channels / groups), the group of o; C = in_channels / groups;
        i and p have one part per spatial axis; input is zero outside its borders.

    Shapes:
        input   (batch, in_channels, *size)
        weight  (out_channels, in_channels / groups, *kernel_size)
        bias    (out_channels), or None for zeros
        result  (batch, out_channels, *out_size), input's dtype, where on each axis
                out_size = ⌊(size + 2 · padding − dilation · (kernel_size − 1) − 1)
                            / stride⌋ + 1

    Units: stride, padding and dilation count pixels, one number for all axes or
        one for each. Padding is added on both sides; dilation 1 is a dense kernel.

    Raises:
        ValueError: shapes that do not fit each other, a kernel that outgrows the
            padded image, groups that do not divide the channels, an option below
            its least value (stride, dilation and groups 1, padding 0).

    Source: PyTorch's documentation of torch.nn.Conv2d; the output size is
        relationship 15 of Dumoulin and Visin (arXiv:1603.07285).
    """
    axes = same_rank(input, weight, "input and weight") - 2
    stride = per_axis("stride", stride, axes, least=1)
    padding = per_axis("padding", padding, axes, least=0)
    dilation = per_axis("dilation", dilation, axes, least=1)
    batch, in_channels, *size = input.shape
    out_channels, channels, *kernel_size = weight.shape
    check_channels(in_channels, channels, out_channels, groups)
    if bias is not None and bias.shape != (out_channels,):
        raise ValueError(f"bias has shape {bias.shape}; it must be ({out_channels},)")

    options = {"stride": stride, "padding": padding, "dilation": dilation}
    out_size = [
        output_size(n, k, stride=s, padding=p, dilation=d)
        for n, k, s, p, d in zip(size, kernel_size, stride, padding, dilation)
    ]
    y = np.zeros((batch, out_channels, *out_size), input.dtype)
    filters = out_channels // groups
    for place in np.ndindex(*out_size):
        taps = list(window(place, kernel_size, size, **options))
        for n, o in np.ndindex(batch, out_channels):
            total = 0 if bias is None else bias[o]
            for c in range(channels):
                channel = o // filters * channels + c
                for tap, pixel in taps:
                    total += input[n, channel, *pixel] * weight[o, c, *tap]
            y[n, o, *place] = total
    return y


def conv1d(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> np.ndarray:
    """Convolve signals, (batch, channels, length), as `convolution` says."""
    exact_rank("input", input, "batch channels length")
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    return convolution(input, weight, bias, groups=groups, **options)


def conv2d(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> np.ndarray:
    """Convolve images, (batch, channels, height, width), as `convolution` says."""
    exact_rank("input", input, "batch channels height width")
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    return convolution(input, weight, bias, groups=groups, **options)


def conv3d(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> np.ndarray:
    """Convolve volumes, (batch, channels, depth, height, width): see `convolution`."""
    exact_rank("input", input, "batch channels depth height width")
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    return convolution(input, weight, bias, groups=groups, **options)
