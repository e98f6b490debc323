"""Convolutions that pad by themselves, so that every pixel has an output."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import exact_rank, per_axis, same_rank
from reference.convolution.convolution import conv1d, conv2d
from reference.convolution.padding import (
    causal_padding,
    pad,
    same_padding,
    tf_same_padding,
)
from reference.windows import window


def conv2d_same(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> np.ndarray:
    """Convolve images, padded by zeros to keep their size, with stride 1.

    Shapes, Units, Raises: as `reference.convolution.conv2d`; the result has the
        input's height and width, whatever the kernel's. `same_padding` pads.

    Source: PyTorch's documentation of torch.nn.functional.conv2d, padding "same".
    """
    exact_rank("weight", weight, "out_channels channels height width")
    dilation = per_axis("dilation", dilation, 2, least=1)
    sides = [same_padding(k, dilation=d) for k, d in zip(weight.shape[2:], dilation)]
    x = pad(input, pad=_last_axis_first(sides))
    return conv2d(x, weight, bias, dilation=dilation, groups=groups)


def conv2d_tf_same(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> np.ndarray:
    """Convolve images, padded by zeros as TensorFlow's SAME does for any stride.

    Shapes, Units, Raises: as `reference.convolution.conv2d`; the result has
        ⌈size / stride⌉ pixels on each axis. `tf_same_padding` pads.

    Source: TensorFlow's documentation of tf.nn, "Notes on padding".
    """
    exact_rank("input", input, "batch channels height width")
    exact_rank("weight", weight, "out_channels channels height width")
    stride = per_axis("stride", stride, 2, least=1)
    dilation = per_axis("dilation", dilation, 2, least=1)
    sides = [
        tf_same_padding(n, k, stride=s, dilation=d)
        for n, k, s, d in zip(input.shape[2:], weight.shape[2:], stride, dilation)
    ]
    x = pad(input, pad=_last_axis_first(sides))
    return conv2d(x, weight, bias, stride=stride, dilation=dilation, groups=groups)


def causal_conv1d(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    dilation: int = 1,
    groups: int = 1,
) -> np.ndarray:
    """Convolve signals so that no output depends on a later input.

        y[n, o, t] = bias[o] + Σ_c Σ_p  input[n, c, past] · weight[o, c, p]
        past = t − (kernel_size − 1 − p) · dilation;  input is zero before its start

    Shapes, Units, Raises: as `reference.convolution.conv1d`; the result is as long
        as the input. `causal_padding` pads.

    Source: Bai, Kolter and Koltun (arXiv:1803.01271).
    """
    exact_rank("weight", weight, "out_channels channels length")
    x = pad(input, pad=causal_padding(weight.shape[2], dilation=dilation))
    return conv1d(x, weight, bias, dilation=dilation, groups=groups)


def cross_correlate_same(
    x: np.ndarray, kernel: np.ndarray, *, origin: int | Sequence[int] = 0
) -> np.ndarray:
    """Slide a kernel over a signal with its anchor on every pixel in turn.

        y[i] = Σ_p  x[i + p − anchor] · kernel[p],  anchor = ⌊kernel_size / 2⌋ + origin
        x is zero outside its borders. An odd kernel's anchor is its centre when
        origin is 0; an even kernel has no centre, its anchor lies right of it.

    Shapes:
        x, result  (*size), any number of axes
        kernel     (*kernel_size), as many

    Units: origin counts pixels, one number for all axes or one for each.

    Raises:
        ValueError: x and kernel have different numbers of axes, or an anchor
            outside the kernel.

    Source: SciPy's documentation of scipy.ndimage.correlate, mode "constant".
    """
    axes = same_rank(x, kernel, "x and kernel")
    origin = per_axis("origin", origin, axes, least=-max(kernel.shape))
    anchor = [k // 2 + o for k, o in zip(kernel.shape, origin)]
    if any(not 0 <= at < k for at, k in zip(anchor, kernel.shape)):
        raise ValueError(
            f"origin is {origin}; it puts the anchor at {anchor}, "
            f"outside a kernel of shape {kernel.shape}"
        )
    ones = [1] * axes
    y = np.zeros(x.shape, x.dtype)
    for i in np.ndindex(x.shape):
        options = {"stride": ones, "padding": anchor, "dilation": ones}
        for p, pixel in window(i, kernel.shape, x.shape, **options):
            y[i] += x[pixel] * kernel[p]
    return y


def _last_axis_first(sides: Sequence[tuple[int, int]]) -> list[int]:
    """Put (before, after) of each axis into the order of `pad`: the last axis first."""
    return [width for side in reversed(sides) for width in side]
