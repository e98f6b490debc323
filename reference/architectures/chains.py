"""Blocks of convolutions one after the other, and one kernel for two of them."""

import numpy as np

from reference.architectures.rectified import centered, rectified, rectified_conv2d
from reference.convolution.separable_convolution import (
    depthwise_conv2d,
    pointwise_conv2d,
)


def vgg_block(input: np.ndarray, *weights: np.ndarray) -> np.ndarray:
    """Convolve several times, then halve the height and the width.

        h ← max(0, conv(h)) for each convolution, which keeps the size, from h = x on;
        y = max pooling of h, window 2x2, stride 2

    Shapes:
        input    (batch, channels, height, width), of at least 2 pixels a side
        weights  (filters, channels, odd, odd) and (filters), for each convolution
        result   (batch, filters, ⌊height / 2⌋, ⌊width / 2⌋), input's dtype

    Raises:
        ValueError: an odd number of weights, an image of one row or column, shapes
            that do not fit each other, or kernels of even sides.

    Source: Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale
        Image Recognition" (arXiv:1409.1556).
    """
    if len(weights) % 2:
        raise ValueError(f"weights are {len(weights)}; they must be two for each")
    hidden = input
    for layer in range(0, len(weights), 2):
        weight, bias = weights[layer : layer + 2]
        padding = centered(f"weights[{layer}]", weight)
        hidden = rectified_conv2d(hidden, weight, bias, padding=padding)
    return _halved(hidden)


def nin_block(
    input: np.ndarray,
    weight1: np.ndarray,
    bias1: np.ndarray | None,
    weight2: np.ndarray,
    bias2: np.ndarray | None,
    weight3: np.ndarray,
    bias3: np.ndarray | None,
    *,
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    """Convolve, then apply a fully connected network of two layers to every pixel.

        y = r(pointwise3(r(pointwise2(r(conv1(x)))))),   r = max(0, ·)

    Shapes:
        input    (batch, channels, height, width)
        weight1  (width, channels, kernel_height, kernel_width)
        weight2  (width2, width, 1, 1)
        weight3  (filters, width2, 1, 1)
        bias1, … (filters of its weight), or None for zeros
        result   (batch, filters, out_height, out_width), as `conv2d` with weight1

    Units: stride and padding count pixels, and are conv1's.

    Raises:
        ValueError: shapes that do not fit each other, or as `conv2d`.

    Source: Lin, Chen and Yan, "Network In Network" (arXiv:1312.4400), section 3.1.
    """
    hidden = rectified_conv2d(input, weight1, bias1, stride=stride, padding=padding)
    hidden = rectified(pointwise_conv2d(hidden, weight2, bias2))
    return rectified(pointwise_conv2d(hidden, weight3, bias3))


def mobilenet_block(
    input: np.ndarray,
    depthwise_weight: np.ndarray,
    depthwise_bias: np.ndarray | None,
    pointwise_weight: np.ndarray,
    pointwise_bias: np.ndarray | None,
    *,
    stride: int = 1,
) -> np.ndarray:
    """Filter every channel by itself, then mix the channels, rectifying both.

        y = r(pointwise(r(depthwise(x)))),   r = max(0, ·)
        Batch normalization in evaluation is in weights and biases.

    Shapes:
        input             (batch, channels, height, width)
        depthwise_weight  (channels, 1, odd, odd)
        pointwise_weight  (filters, channels, 1, 1)
        depthwise_bias, … (filters of its weight), or None for zeros
        result            (batch, filters, ⌈height / stride⌉, ⌈width / stride⌉)

    Units: stride counts pixels, and is the depthwise convolution's.

    Raises:
        ValueError: shapes that do not fit each other, or kernels of even sides.

    Source: Howard et al., "MobileNets" (arXiv:1704.04861), section 3.1.
    """
    padding = centered("depthwise_weight", depthwise_weight)
    options = {"stride": stride, "padding": padding}
    filtered = depthwise_conv2d(input, depthwise_weight, depthwise_bias, **options)
    mixed = pointwise_conv2d(rectified(filtered), pointwise_weight, pointwise_bias)
    return rectified(mixed)


def compose_kernels(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Find the one kernel that does what two convolutions do one after the other.

        k[o, c, i, j] = Σ_m Σ_p Σ_q  second[o, m, p, q] · first[m, c, i − p, j − q]
        over the taps (i − p, j − q) that first has; both of stride 1, without padding
        or activation between them

    Shapes:
        first   (width, channels, height, breadth)
        second  (filters, width, height', breadth')
        result  (filters, channels, height + height' − 1, breadth + breadth' − 1)

    Raises:
        ValueError: second has other channels than first has filters.

    Source: Simonyan and Zisserman (arXiv:1409.1556), on stacks of 3x3 convolutions;
        the sum is two polynomials' product.
    """
    if first.ndim != 4 or second.ndim != 4 or second.shape[1] != len(first):
        raise ValueError(
            f"second has shape {second.shape}; it must have {len(first)} channels, "
            f"one for each filter of first, {first.shape}"
        )
    sides = [n + m - 1 for n, m in zip(first.shape[2:], second.shape[2:])]
    kernel = np.zeros((len(second), first.shape[1], *sides), first.dtype)
    for o, m, p, q in np.ndindex(second.shape):
        for c, i, j in np.ndindex(first.shape[1:]):
            kernel[o, c, i + p, j + q] += second[o, m, p, q] * first[m, c, i, j]
    return kernel


def _halved(hidden: np.ndarray) -> np.ndarray:
    """`max_pool2d`, by np.maximum: computed numbers need not tell which is greater."""
    height, width = hidden.shape[2:]
    if min(height, width) < 2:
        raise ValueError(f"input has {height} x {width} pixels; it must have 2 a side")
    y = hidden[:, :, : height // 2 * 2 : 2, : width // 2 * 2 : 2].copy()
    for n, c, i, j in np.ndindex(y.shape):
        for p, q in [(0, 1), (1, 0), (1, 1)]:
            y[n, c, i, j] = np.maximum(
                y[n, c, i, j], hidden[n, c, 2 * i + p, 2 * j + q]
            )
    return y
