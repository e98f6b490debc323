"""Transposed convolution: the adjoint of convolution, not its inverse."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import (
    check_transposed_channels,
    exact_rank,
    per_axis,
    same_rank,
)
from reference.convolution.convolution_sizes import transposed_output_size
from reference.windows import window


def transposed_convolution(
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
    """Let every pixel write the kernel, times itself, into the output, and add up.

        y[n, g · O + o, pixel]  +=  input[n, c, i] · weight[c, o, p]
        pixel = i · stride + p · dilation − padding
        for all n, c, o, i, p, where g is the group of c and O = out_channels / groups;
        y starts as bias, and what falls outside its borders is dropped.

    It is the adjoint of `reference.convolution.convolution` with the same weight and
    options: pixel and i have changed places.

    Shapes:
        input   (batch, in_channels, *size)
        weight  (in_channels, out_channels / groups, *kernel_size)
        bias    (out_channels), or None for zeros
        result  (batch, out_channels, *out_size), input's dtype, where on each axis
                out_size = (size − 1) · stride − 2 · padding
                           + dilation · (kernel_size − 1) + output_padding + 1

    Units: all options but groups count pixels, one number for all axes or one for
        each. Padding is taken away on both sides, output_padding is added on the
        far one (it resolves which input size a strided convolution had).

    Raises:
        ValueError: shapes that do not fit each other, groups that do not divide the
            channels, an option out of range, an output_padding that is not below the
            stride or the dilation, or a padding that leaves no output.

    Source: PyTorch's documentation of torch.nn.ConvTranspose2d; output sizes are
        relationship 14 of Dumoulin and Visin (arXiv:1603.07285).
    """
    axes = same_rank(input, weight, "input and weight") - 2
    batch, in_channels, *size = input.shape
    _, channels, *kernel_size = weight.shape
    options = {
        "stride": per_axis("stride", stride, axes, least=1),
        "padding": per_axis("padding", padding, axes, least=0),
        "dilation": per_axis("dilation", dilation, axes, least=1),
    }
    more = per_axis("output_padding", output_padding, axes, least=0)
    check_transposed_channels(in_channels, len(weight), groups)
    out_channels = groups * channels
    if bias is not None and bias.shape != (out_channels,):
        raise ValueError(f"bias has shape {bias.shape}; it must be ({out_channels},)")

    out_size = [
        transposed_output_size(n, k, stride=s, padding=p, output_padding=m, dilation=d)
        for n, k, m, s, p, d in zip(size, kernel_size, more, *options.values())
    ]
    y = np.zeros((batch, out_channels, *out_size), input.dtype)
    if bias is not None:
        y += bias.reshape(-1, *[1] * axes)
    for place in np.ndindex(*size):
        for tap, pixel in window(place, kernel_size, out_size, **options):
            for n, c, o in np.ndindex(batch, in_channels, channels):
                channel = c // (in_channels // groups) * channels + o
                y[n, channel, *pixel] += input[n, c, *place] * weight[c, o, *tap]
    return y


def conv_transpose1d(
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
    """Convolve signals, (batch, channels, length): see `transposed_convolution`."""
    exact_rank("input", input, "batch channels length")
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    more = {"output_padding": output_padding, "groups": groups}
    return transposed_convolution(input, weight, bias, **options, **more)


def conv_transpose2d(
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
    """Convolve images, transposed, as `transposed_convolution` says.

    Shapes: input and result have axes (batch, channels, height, width).
    """
    exact_rank("input", input, "batch channels height width")
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    more = {"output_padding": output_padding, "groups": groups}
    return transposed_convolution(input, weight, bias, **options, **more)


def conv_transpose3d(
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
    """Convolve volumes, transposed, as `transposed_convolution` says.

    Shapes: input and result have axes (batch, channels, depth, height, width).
    """
    exact_rank("input", input, "batch channels depth height width")
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    more = {"output_padding": output_padding, "groups": groups}
    return transposed_convolution(input, weight, bias, **options, **more)
