"""Max unpooling, by NumPy's put_along_axis."""

from collections.abc import Sequence

import numpy as np


def max_unpool(
    input: np.ndarray,
    indices: np.ndarray,
    *,
    kernel_size: Sequence[int],
    stride: Sequence[int] | None,
    padding: Sequence[int],
    output_size: Sequence[int] | None,
) -> np.ndarray:
    axes = len(kernel_size)
    lead, size = input.shape[:-axes], input.shape[-axes:]
    windows = zip(size, stride or kernel_size, kernel_size, padding)
    usual = [(n - 1) * s + k - 2 * p for n, s, k, p in windows]
    y = np.zeros((*lead, np.prod(output_size or usual)), input.dtype)
    flat = indices.reshape(*lead, np.prod(size))
    np.put_along_axis(y, flat, input.reshape(flat.shape), -1)
    return y.reshape(*lead, *(output_size or usual))


max_unpool1d = max_unpool2d = max_unpool3d = max_unpool
