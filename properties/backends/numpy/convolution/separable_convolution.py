"""Convolutions that factor, vectorized."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def depthwise_conv2d(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: tuple[int, int] = (1, 1),
    padding: tuple[int, int] = (0, 0),
    dilation: tuple[int, int] = (1, 1),
) -> np.ndarray:
    filters = weight.reshape(input.shape[1], -1, *weight.shape[2:])
    windows = _sliding_windows(input, weight.shape[2:], stride, padding, dilation)
    y = np.einsum("ncijpq,cmpq->ncmij", windows, filters)
    y = y.reshape(len(input), -1, *y.shape[3:])
    return y if bias is None else y + bias[:, None, None]


def pointwise_conv2d(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None = None
) -> np.ndarray:
    y = np.einsum("ncij,oc->noij", input, weight[:, :, 0, 0])
    return y if bias is None else y + bias[:, None, None]


def depthwise_separable_conv2d(
    input: np.ndarray,
    depthwise_weight: np.ndarray,
    pointwise_weight: np.ndarray,
    bias: np.ndarray | None = None,
    **options: tuple[int, int],
) -> np.ndarray:
    filtered = depthwise_conv2d(input, depthwise_weight, **options)
    return pointwise_conv2d(filtered, pointwise_weight, bias)


def spatially_separable_conv2d(
    input: np.ndarray,
    column: np.ndarray,
    row: np.ndarray,
    *,
    stride: tuple[int, int] = (1, 1),
    padding: tuple[int, int] = (0, 0),
    dilation: tuple[int, int] = (1, 1),
) -> np.ndarray:
    kernel_size = len(column), len(row)
    windows = _sliding_windows(input, kernel_size, stride, padding, dilation)
    return (windows.swapaxes(-1, -2) @ column) @ row


def _sliding_windows(
    x: np.ndarray,
    kernel_size: tuple[int, ...],
    stride: tuple[int, ...],
    padding: tuple[int, ...],
    dilation: tuple[int, ...],
) -> np.ndarray:
    """View what a kernel sees: the last axes of x by places, then by taps."""
    axes = len(kernel_size)
    fixed = x.ndim - axes
    padded = np.pad(x, [(0, 0)] * fixed + [(p, p) for p in padding])
    reach = [d * (k - 1) + 1 for k, d in zip(kernel_size, dilation)]
    windows = sliding_window_view(padded, reach, tuple(range(fixed, x.ndim)))
    steps = [slice(None, None, step) for step in (*stride, *dilation)]
    return windows[(..., *steps)]
