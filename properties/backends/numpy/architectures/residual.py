"""Residual blocks in NumPy, on its convolutions."""

import numpy as np

from properties.backends.numpy.convolution.convolution import conv2d


def _same(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: int = 1,
    groups: int = 1,
) -> np.ndarray:
    options = {"stride": (stride, stride), "dilation": (1, 1), "groups": groups}
    padding = tuple(n // 2 for n in weight.shape[2:])
    return conv2d(input, weight, bias, padding=padding, **options)


def residual_block(
    input: np.ndarray,
    weight1: np.ndarray,
    bias1: np.ndarray | None,
    weight2: np.ndarray,
    bias2: np.ndarray | None,
    skip_weight: np.ndarray | None = None,
    skip_bias: np.ndarray | None = None,
    *,
    stride: int,
    activate: bool,
) -> np.ndarray:
    y = np.maximum(_same(input, weight1, bias1, stride=stride), 0)
    y = _same(y, weight2, bias2)
    if skip_weight is not None:
        input = _same(input, skip_weight, skip_bias, stride=stride)
    return np.maximum(y + input, 0) if activate else y + input


def bottleneck_block(
    input: np.ndarray,
    weight1: np.ndarray,
    bias1: np.ndarray | None,
    weight2: np.ndarray,
    bias2: np.ndarray | None,
    weight3: np.ndarray,
    bias3: np.ndarray | None,
    skip_weight: np.ndarray | None = None,
    skip_bias: np.ndarray | None = None,
    *,
    stride: int,
    groups: int,
    stride_first: bool,
    activate: bool,
) -> np.ndarray:
    first, second = (stride, 1) if stride_first else (1, stride)
    y = np.maximum(_same(input, weight1, bias1, stride=first), 0)
    y = np.maximum(_same(y, weight2, bias2, stride=second, groups=groups), 0)
    y = _same(y, weight3, bias3)
    if skip_weight is not None:
        input = _same(input, skip_weight, skip_bias, stride=stride)
    return np.maximum(y + input, 0) if activate else y + input
