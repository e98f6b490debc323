"""The sizes that windows have, and what pixels write."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def total_padding_output_size(
    size: np.ndarray,
    kernel: np.ndarray,
    *,
    stride: int,
    total_padding: int,
    dilation: int,
) -> np.ndarray:
    x = np.broadcast_to(0, int(size) + total_padding)
    reach = dilation * (int(kernel) - 1) + 1
    return np.array(len(sliding_window_view(x, reach)[::stride]))


def transposed_output_size(
    size: np.ndarray,
    kernel: np.ndarray,
    *,
    stride: int,
    padding: int,
    output_padding: int,
    dilation: int,
) -> np.ndarray:
    written = np.add.outer(np.arange(size) * stride, np.arange(kernel) * dilation)
    return written.max() + 1 - 2 * padding + output_padding
