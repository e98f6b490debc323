"""A prediction for each pixel: scores of a small map, made as large as the image."""

import numpy as np

from reference.arguments import check_least, exact_rank
from reference.convolution.convolution import conv2d
from reference.convolution.transposed_convolution import conv_transpose2d


def bilinear_kernel(weight: np.ndarray) -> np.ndarray:
    """Make the weight of a transposed convolution that interpolates each channel.

        y[c, c, p, q] = (1 − |p − centre| / f) · (1 − |q − centre| / f),  0 elsewhere
        f = ⌊(kernel + 1) / 2⌋,   centre = (kernel − 1) / 2

    Of weight only the shape and the dtype are looked at: this is what it starts from.

    Shapes:
        weight, result  (in_channels, out_channels, kernel, kernel), weight's dtype

    Raises:
        ValueError: weight has other axes, or is not square.

    Source: Zhang et al., "Dive into Deep Learning", "Fully Convolutional Networks".
    """
    exact_rank("weight", weight, "in_channels out_channels height width")
    in_channels, out_channels, kernel, width = weight.shape
    if kernel != width or not kernel:
        raise ValueError(f"weight has shape {weight.shape}; kernels must be square")
    y, whole = np.zeros(weight.shape, weight.dtype), _whole_kernel(kernel)
    for c, p, q in np.ndindex(min(in_channels, out_channels), kernel, kernel):
        y[c, c, p, q] += whole[p][q]
        y[c, c, p, q] /= 4 * ((kernel + 1) // 2) ** 2
    return y


def bilinear_upsample(input: np.ndarray, *, factor: int) -> np.ndarray:
    """Make images larger by a transposed convolution that interpolates.

        y = conv_transpose2d(x, bilinear_kernel, stride=factor, padding=⌊factor / 2⌋)
        with a kernel of 2 · factor − factor mod 2. Within the border it is bilinear
        interpolation between the middles of pixels; at the border, between pixels
        and zeros.

    Shapes:
        input   (batch, channels, height, width)
        result  (batch, channels, factor · height, factor · width), input's dtype

    Raises:
        ValueError: input has other axes, or a factor below 1.

    Source: Zhang et al., "Dive into Deep Learning", "Fully Convolutional Networks".
    """
    exact_rank("input", input, "batch channels height width")
    check_least(1, factor=factor)
    kernel, channels = 2 * factor - factor % 2, input.shape[1]
    weight = np.zeros((channels, channels, kernel, kernel), input.dtype)
    weight[range(channels), range(channels)] = _whole_kernel(kernel)
    y = conv_transpose2d(input, weight, stride=factor, padding=factor // 2)
    for place in np.ndindex(y.shape):
        y[place] /= 4 * ((kernel + 1) // 2) ** 2
    return y


def fcn_head(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    up_weight: np.ndarray,
    *,
    stride: int,
    padding: int,
) -> np.ndarray:
    """Score the classes of each pixel: a convolution of 1 × 1, and a transposed one.

        y = conv_transpose2d(conv2d(x, weight, bias), up_weight, stride, padding)
        A kernel of 2 · stride and a padding of stride / 2, for even strides, make the
        scores stride times as large as the features.

    Shapes:
        input      (batch, channels, height, width), features
        weight     (classes, channels, 1, 1);  bias (classes)
        up_weight  (classes, classes, kernel, kernel)
        result     (batch, classes, out_height, out_width), logits, input's dtype

    Raises:
        ValueError: weight is not of windows of one pixel, or shapes do not fit.

    Source: Long, Shelhamer and Darrell, "Fully Convolutional Networks for Semantic
        Segmentation" (arXiv:1411.4038); Zhang et al., "Dive into Deep Learning".
    """
    if weight.shape[2:] != (1, 1):
        raise ValueError(
            f"weight has shape {weight.shape}; it must be (classes, channels, 1, 1)"
        )
    scores = conv2d(input, weight, bias)
    return conv_transpose2d(scores, up_weight, stride=stride, padding=padding)


def _whole_kernel(kernel):
    """The kernel of one channel, 4 f² times as large: whole numbers do not round."""
    slopes = [2 * ((kernel + 1) // 2) - abs(2 * p - kernel + 1) for p in range(kernel)]
    return [[a * b for b in slopes] for a in slopes]
