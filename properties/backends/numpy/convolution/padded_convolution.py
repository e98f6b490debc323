"""Convolutions that pad by themselves, on NumPy and SciPy."""

from collections.abc import Sequence

import numpy as np
from scipy import ndimage, signal

from properties.backends.numpy.convolution.convolution import convolution
from properties.backends.numpy.convolution.cross_correlation import _refuse_float16


def conv2d_same(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    dilation: Sequence[int],
    groups: int,
) -> np.ndarray:
    totals = [d * (k - 1) for k, d in zip(weight.shape[2:], dilation)]
    options = {"stride": (1, 1), "dilation": dilation, "groups": groups}
    return _evenly_padded(input, weight, bias, totals, **options)


def conv2d_tf_same(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: Sequence[int],
    dilation: Sequence[int],
    groups: int,
) -> np.ndarray:
    sizes = zip(input.shape[2:], weight.shape[2:], stride, dilation)
    totals = [
        max(0, (-(-n // s) - 1) * s + d * (k - 1) + 1 - n) for n, k, s, d in sizes
    ]
    options = {"stride": stride, "dilation": dilation, "groups": groups}
    return _evenly_padded(input, weight, bias, totals, **options)


def causal_conv1d(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    dilation: int,
    groups: int,
) -> np.ndarray:
    """Filter every channel, as scipy.signal.lfilter does: causally."""
    _refuse_float16(input)
    if dilation > 1 and not np.isfinite(input).all():
        raise NotImplementedError("∞ times the zeros between dilated taps is NaN")
    filters, channels, taps = weight.shape
    response = np.zeros((filters, channels, dilation * (taps - 1) + 1), weight.dtype)
    response[:, :, ::-dilation] = weight
    y = np.zeros((len(input), filters, input.shape[2]), input.dtype)
    for o, c in np.ndindex(filters, channels):
        x = input[:, o // (filters // groups) * channels + c]
        y[:, o] += signal.lfilter(response[o, c], np.ones(1, x.dtype), x)
    return y if bias is None else y + bias[:, None]


def cross_correlate_same(
    x: np.ndarray, kernel: np.ndarray, *, origin: Sequence[int]
) -> np.ndarray:
    _refuse_float16(x)
    left_out = kernel[~(abs(kernel) > np.finfo(float).eps)]
    if left_out.any() or (left_out.size and not np.isfinite(x).all()):
        raise NotImplementedError("SciPy leaves out NaN, and weights up to 2.2e-16")
    return ndimage.correlate(x, kernel, mode="constant", origin=origin)


def _evenly_padded(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None,
    totals: Sequence[int],
    **options: Sequence[int] | int,
) -> np.ndarray:
    """Convolve images, padded by so much on both sides together."""
    sides = [(total // 2, total - total // 2) for total in totals]
    x = np.pad(input, [(0, 0), (0, 0), *sides])
    return convolution(x, weight, bias, padding=(0, 0), **options)
