"""reference/convolution_sizes.py by counting windows and reachable pixels in NumPy."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def output_size(size, kernel, *, stride, padding, dilation):
    return total_padding_output_size(
        size, kernel, stride=stride, total_padding=2 * padding, dilation=dilation
    )


def total_padding_output_size(size, kernel, *, stride, total_padding, dilation):
    x = np.broadcast_to(np.uint8(0), size + total_padding)
    return len(sliding_window_view(x, dilation * (kernel - 1) + 1)[::stride])


def receptive_field(kernel_sizes, *, strides, dilations):
    pixels = np.zeros(1, int)
    for kernel, stride, dilation in reversed(
        list(zip(kernel_sizes, strides, dilations))
    ):
        pixels = np.add.outer(pixels * stride, np.arange(kernel) * dilation).ravel()
    return int(np.ptp(pixels)) + 1


def dependencies(place, size, kernel_sizes, *, strides, paddings, dilations):
    options = list(zip(kernel_sizes, strides, paddings, dilations))
    jacobian = np.eye(size, dtype=bool)
    for kernel, stride, padding, dilation in options:
        padded = np.pad(jacobian, [(padding, padding), (0, 0)])
        windows = sliding_window_view(padded, dilation * (kernel - 1) + 1, 0)
        jacobian = windows[::stride, :, ::dilation].any(-1)
    return np.flatnonzero(jacobian[place])
