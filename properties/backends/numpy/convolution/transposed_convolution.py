"""Transposed convolution, as NumPy's vectorized functions make it."""

from collections.abc import Sequence

import numpy as np


def transposed_convolution(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: Sequence[int],
    padding: Sequence[int],
    output_padding: Sequence[int],
    groups: int,
    dilation: Sequence[int],
) -> np.ndarray:
    """Add up, tap by tap, what all pixels write."""
    batch, channels, *size = input.shape
    x = input.reshape(batch, groups, -1, *size)
    filters = weight.reshape(groups, channels // groups, *weight.shape[1:])
    whole = [
        (n - 1) * s + d * (k - 1) + 1 + more
        for n, s, d, k, more in zip(
            size, stride, dilation, weight.shape[2:], output_padding
        )
    ]
    y = np.zeros((batch, groups * weight.shape[1], *whole), input.dtype)
    for tap in np.ndindex(*weight.shape[2:]):
        written = np.einsum("ngc...,gco->ngo...", x, filters[:, :, :, *tap])
        start = np.multiply(tap, dilation)
        at = [slice(a, a + (n - 1) * s + 1, s) for a, n, s in zip(start, size, stride)]
        y[:, :, *at] += written.reshape(batch, -1, *size)
    y = y[:, :, *[slice(p, n - p) for p, n in zip(padding, whole)]]
    return y if bias is None else y + bias.reshape(-1, *[1] * len(size))


conv_transpose1d = conv_transpose2d = conv_transpose3d = transposed_convolution
