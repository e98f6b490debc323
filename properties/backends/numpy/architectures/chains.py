"""Blocks of convolutions one after the other in NumPy."""

import numpy as np

from properties.backends.numpy.convolution.convolution import conv2d
from properties.backends.numpy.convolution.separable_convolution import (
    depthwise_conv2d,
    pointwise_conv2d,
)

PLAIN = {"dilation": (1, 1), "groups": 1}


def vgg_block(input: np.ndarray, *weights: np.ndarray) -> np.ndarray:
    for weight, bias in zip(weights[::2], weights[1::2]):
        window = {"padding": [n // 2 for n in weight.shape[2:]], "stride": (1, 1)}
        input = np.maximum(conv2d(input, weight, bias, **window, **PLAIN), 0)
    height, width = (size // 2 for size in input.shape[2:])
    tiles = input[:, :, : 2 * height, : 2 * width]
    return tiles.reshape(*input.shape[:2], height, 2, width, 2).max((3, 5))


def nin_block(
    input: np.ndarray,
    weight1: np.ndarray,
    bias1: np.ndarray | None,
    weight2: np.ndarray,
    bias2: np.ndarray | None,
    weight3: np.ndarray,
    bias3: np.ndarray | None,
    *,
    stride: int,
    padding: int,
) -> np.ndarray:
    window = {"stride": (stride, stride), "padding": (padding, padding)}
    y = np.maximum(conv2d(input, weight1, bias1, **window, **PLAIN), 0)
    y = np.maximum(pointwise_conv2d(y, weight2, bias2), 0)
    return np.maximum(pointwise_conv2d(y, weight3, bias3), 0)


def mobilenet_block(
    input: np.ndarray,
    depthwise_weight: np.ndarray,
    depthwise_bias: np.ndarray | None,
    pointwise_weight: np.ndarray,
    pointwise_bias: np.ndarray | None,
    *,
    stride: int,
) -> np.ndarray:
    height, width = depthwise_weight.shape[2:]
    window = {"stride": (stride, stride), "padding": (height // 2, width // 2)}
    y = depthwise_conv2d(input, depthwise_weight, depthwise_bias, **window)
    return np.maximum(
        pointwise_conv2d(np.maximum(y, 0), pointwise_weight, pointwise_bias), 0
    )


def compose_kernels(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    padding = tuple(n - 1 for n in second.shape[2:])
    window = {"stride": (1, 1), "padding": padding}
    taps = conv2d(first.swapaxes(0, 1), second[:, :, ::-1, ::-1], **window, **PLAIN)
    return taps.swapaxes(0, 1)
