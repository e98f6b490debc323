"""Average pooling on NumPy's sliding windows."""

from collections.abc import Sequence

import numpy as np

from properties.backends.numpy.pooling.max_pool import _windows


def avg_pool(
    input: np.ndarray,
    *,
    kernel_size: Sequence[int],
    stride: Sequence[int] | None,
    padding: Sequence[int],
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None = None,
) -> np.ndarray:
    options = kernel_size, stride or kernel_size, padding, [1] * len(padding), ceil_mode
    total = _windows(input, *options, 0).sum(-1)
    if divisor_override:
        return (total / divisor_override).astype(input.dtype)
    ones = np.ones(input.shape[-len(padding) :], int)
    if count_include_pad:
        ones = np.pad(ones, [(p, p) for p in padding], constant_values=1)
        options = *options[:2], [0] * len(padding), *options[3:]
    counted = _windows(ones, *options, 0).sum(-1)
    counted = counted[tuple(slice(n) for n in total.shape[-len(padding) :])]
    return (total / counted).astype(input.dtype)


avg_pool1d = avg_pool2d = avg_pool3d = avg_pool
