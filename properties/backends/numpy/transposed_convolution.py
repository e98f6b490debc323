"""reference/transposed_convolution.py on NumPy."""

import numpy as np


def transposed_output_size(size, kernel, *, stride, padding, output_padding, dilation):
    """One more than the last pixel written, but for padding and output_padding."""
    written = np.add.outer(np.arange(size) * stride, np.arange(kernel) * dilation)
    return int(written.max()) + 1 - 2 * padding + output_padding


def conv_transpose(
    input, weight, bias, stride, padding, output_padding, groups, dilation
):
    """Write all pixels' kernels, one tap at a time, onto the uncropped output."""
    axes = input.ndim - 2
    batch, channels, *size = input.shape
    x = input.reshape(batch, groups, -1, *size)
    w = weight.reshape(groups, channels // groups, *weight.shape[1:])
    full = [
        (n - 1) * s + d * (k - 1) + 1 + m
        for n, s, d, k, m in zip(size, stride, dilation, w.shape[3:], output_padding)
    ]
    y = np.zeros((batch, groups * weight.shape[1], *full))
    for tap in np.ndindex(*w.shape[3:]):
        spread = np.einsum("ngc...,gco->ngo...", x, w[:, :, :, *tap])
        at = [
            slice(t * d, t * d + (n - 1) * s + 1, s)
            for t, d, n, s in zip(tap, dilation, size, stride)
        ]
        y[:, :, *at] += spread.reshape(batch, -1, *size)
    y = y[:, :, *[slice(p, n - p) for p, n in zip(padding, full)]]
    return y if bias is None else y + bias.reshape(-1, *[1] * axes)


def conv_transpose1d(
    input, weight, bias=None, *, stride, padding, output_padding, groups, dilation
):
    return conv_transpose(
        input, weight, bias, stride, padding, output_padding, groups, dilation
    )


conv_transpose2d = conv_transpose3d = conv_transpose1d


def convolution_matrix(weight, *, size, stride, padding, dilation):
    """Column j is the convolution of the j-th unit image: its windows times taps."""
    axes = len(size)
    channels, n = weight.shape[1], weight.shape[1] * int(np.prod(size))
    units = np.eye(n).reshape(n, channels, *size)
    units = np.pad(units, [(0, 0), (0, 0), *[(p, p) for p in padding]])
    reach = [d * (k - 1) + 1 for k, d in zip(weight.shape[2:], dilation)]
    last = tuple(range(2, 2 + axes))
    windows = np.lib.stride_tricks.sliding_window_view(units, reach, last)
    steps = [slice(None, None, step) for step in (*stride, *dilation)]
    taps = [1, *range(2 + axes, 2 + 2 * axes)]
    columns = np.tensordot(weight, windows[:, :, *steps], (range(1, 2 + axes), taps))
    return np.moveaxis(columns, 1, -1).reshape(-1, n)


def zero_insert(input, *, stride):
    stretched = [(n - 1) * s + 1 for n, s in zip(input.shape[2:], stride)]
    y = np.zeros((*input.shape[:2], *stretched), input.dtype)
    y[:, :, *[slice(None, None, s) for s in stride]] = input
    return y
