"""Lp pooling on NumPy's sliding windows."""

import math
from collections.abc import Sequence

import numpy as np

from properties.backends.numpy.pooling.max_pool import _windows


def lp_pool(
    input: np.ndarray,
    *,
    norm_type: float,
    kernel_size: Sequence[int],
    stride: Sequence[int] | None,
    ceil_mode: bool,
) -> np.ndarray:
    none, once = [0] * len(kernel_size), [1] * len(kernel_size)
    options = kernel_size, stride or kernel_size, none, once, ceil_mode
    seen = abs(_windows(input, *options, 0))
    if norm_type == math.inf:
        return seen.max(-1)
    total = (seen**norm_type).sum(-1)
    wide = np.promote_types(total.dtype, np.float32)  # float16 would round 1 / p
    return (total.astype(wide) ** (1 / norm_type)).astype(total.dtype)


lp_pool1d = lp_pool2d = lp_pool3d = lp_pool
