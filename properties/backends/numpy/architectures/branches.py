"""Blocks of several paths in NumPy and SciPy."""

import numpy as np
from scipy.ndimage import maximum_filter

from properties.backends.numpy.convolution.convolution import conv2d


def _same(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None = None
) -> np.ndarray:
    options = {"stride": (1, 1), "dilation": (1, 1), "groups": 1}
    padding = tuple(n // 2 for n in weight.shape[2:])
    return conv2d(input, weight, bias, padding=padding, **options)


def _pooled(input: np.ndarray) -> np.ndarray:
    if input.dtype == np.float16:  # which SciPy's filters do not have
        return _pooled(input.astype(np.float32)).astype(np.float16)
    return maximum_filter(input, (1, 1, 3, 3), mode="nearest")


def inception_block(input: np.ndarray, *weights: np.ndarray) -> np.ndarray:
    w1, b1, w2, b2, w3, b3, w4, b4, w5, b5, w6, b6 = weights
    paths = [
        _same(input, w1, b1),
        _same(np.maximum(_same(input, w2, b2), 0), w3, b3),
        _same(np.maximum(_same(input, w4, b4), 0), w5, b5),
        _same(_pooled(input), w6, b6),
    ]
    return np.maximum(np.concatenate(paths, axis=1), 0)


def dense_block(input: np.ndarray, *weights: np.ndarray) -> np.ndarray:
    for scale, shift, weight in zip(*[iter(weights)] * 3):
        normalized = input * scale[:, None, None] + shift[:, None, None]
        grown = _same(np.maximum(normalized, 0), weight)
        input = np.concatenate([input, grown], axis=1)
    return input.copy()
