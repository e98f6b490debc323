"""Cross-correlation and convolution as SciPy has them, or NumPy's vectors make them."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy import signal


def cross_correlate(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    _refuse_float16(x)
    return signal.correlate(x, kernel, mode="valid", method="direct")


def convolve(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    _refuse_float16(x)
    return signal.convolve(x, kernel, mode="full", method="direct")


def cross_correlate_channels(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    windows = sliding_window_view(x, kernel.shape[1:], range(1, x.ndim))
    axes = range(x.ndim, windows.ndim)
    return np.tensordot(windows, kernel, ([0, *axes], range(kernel.ndim)))


def cross_correlate_filters(x: np.ndarray, filters: np.ndarray) -> np.ndarray:
    windows = sliding_window_view(x, filters.shape[2:], range(1, x.ndim))
    axes = range(x.ndim, windows.ndim)
    return np.tensordot(filters, windows, (range(1, filters.ndim), [0, *axes]))


def _refuse_float16(x: np.ndarray) -> None:
    if x.dtype == np.float16:
        raise NotImplementedError("scipy.signal has no float16")
