"""Transposed convolution: the adjoint of convolution, not its inverse."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import check_least, exact_rank, per_axis, same_rank
from reference.convolution import convolution
from reference.convolution_sizes import transposed_output_size
from reference.padding import pad
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
    _check_groups(in_channels, len(weight), groups)
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
    """Convolve signals, (batch, channels, length), transposed: see above."""
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
    """Convolve images, (batch, channels, height, width), transposed: see above."""
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
    """Convolve volumes, (batch, channels, depth, height, width), transposed."""
    exact_rank("input", input, "batch channels depth height width")
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    more = {"output_padding": output_padding, "groups": groups}
    return transposed_convolution(input, weight, bias, **options, **more)


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
    _check_groups(input.shape[1], len(weight), groups)
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


def _check_groups(in_channels: int, filters: int, groups: int) -> None:
    """Check that a transposed convolution's weight fits its input.

    Raises:
        ValueError: groups do not divide the channels, or the weight is for another
            number of them.
    """
    if groups < 1 or in_channels % groups:
        raise ValueError(f"groups is {groups}; it must divide {in_channels} channels")
    if filters != in_channels:
        raise ValueError(f"weight is for {filters} channels, input has {in_channels}")
