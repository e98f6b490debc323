"""The pixels that NumPy's windows read."""

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def receptive_field(
    kernel_sizes: np.ndarray, *, strides: Sequence[int], dilations: Sequence[int]
) -> np.ndarray:
    pixels = np.zeros(1, np.int64)
    for kernel, stride, dilation in [*zip(kernel_sizes, strides, dilations)][::-1]:
        pixels = np.add.outer(pixels * stride, np.arange(kernel) * dilation).ravel()
    return np.ptp(pixels) + 1


def dependencies(
    kernel_sizes: np.ndarray,
    *,
    place: int,
    size: int,
    strides: Sequence[int],
    paddings: Sequence[int],
    dilations: Sequence[int],
) -> np.ndarray:
    reads = np.eye(size, dtype=bool)
    for kernel, stride, padding, dilation in zip(
        kernel_sizes, strides, paddings, dilations
    ):
        padded = np.pad(reads, [(padding, padding), (0, 0)])
        windows = sliding_window_view(padded, dilation * (kernel - 1) + 1, 0)
        reads = windows[::stride, :, ::dilation].any(-1)
    return np.flatnonzero(reads[place])
