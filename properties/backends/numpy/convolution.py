"""Convolution as NumPy and SciPy have it, or as their vectorized functions make it."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy import signal


def cross_correlate(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    refuse_float16(x)
    return signal.correlate(x, kernel, mode="valid", method="direct")


def convolve(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    refuse_float16(x)
    return signal.convolve(x, kernel, mode="full", method="direct")


def cross_correlate_channels(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    windows = sliding_window_view(x, kernel.shape[1:], range(1, x.ndim))
    axes = range(x.ndim, windows.ndim)
    return np.tensordot(windows, kernel, ([0, *axes], range(kernel.ndim)))


def cross_correlate_filters(x: np.ndarray, filters: np.ndarray) -> np.ndarray:
    windows = sliding_window_view(x, filters.shape[2:], range(1, x.ndim))
    axes = range(x.ndim, windows.ndim)
    return np.tensordot(filters, windows, (range(1, filters.ndim), [0, *axes]))


def convolution(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
    groups: int,
) -> np.ndarray:
    spatial = range(2, input.ndim)
    padded = np.pad(input, [(0, 0), (0, 0), *((p, p) for p in padding)])
    reach = [d * (k - 1) + 1 for k, d in zip(weight.shape[2:], dilation)]
    steps = [slice(None, None, step) for step in (*stride, *dilation)]
    windows = sliding_window_view(padded, reach, spatial)[:, :, *steps]
    taps = [*range(input.ndim, windows.ndim)]
    parts = [
        np.tensordot(part, filters, ([1, *taps], [1, *spatial]))
        for part, filters in zip(
            np.split(windows, groups, axis=1), np.split(weight, groups)
        )
    ]
    y = np.moveaxis(np.concatenate(parts, axis=-1), -1, 1)
    return y if bias is None else y + bias.reshape(-1, *[1] * len(spatial))


conv1d = conv2d = conv3d = convolution


def refuse_float16(x: np.ndarray) -> None:
    if x.dtype == np.float16:
        raise NotImplementedError("scipy.signal has no float16")
