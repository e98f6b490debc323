"""Convolution with its axes in other orders, vectorized."""

import numpy as np

from properties.backends.numpy.convolution.separable_convolution import _sliding_windows


def weight_to_channels_last(weight: np.ndarray) -> np.ndarray:
    return weight.transpose(2, 3, 1, 0)


def weight_from_channels_last(weight: np.ndarray) -> np.ndarray:
    return weight.transpose(3, 2, 0, 1)


def conv2d_channels_last(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    **options: tuple[int, int],
) -> np.ndarray:
    windows = _sliding_windows(np.moveaxis(input, 3, 1), weight.shape[:2], **options)
    y = np.tensordot(windows, weight, ([1, 4, 5], [2, 0, 1]))
    return y if bias is None else y + bias


def comp_conv2d(
    x: np.ndarray, kernel: np.ndarray, **options: tuple[int, int]
) -> np.ndarray:
    return np.tensordot(_sliding_windows(x, kernel.shape, **options), kernel, 2)
