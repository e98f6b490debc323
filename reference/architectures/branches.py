"""Blocks that put what several paths make of an image side by side."""

import numpy as np

from reference.architectures.rectified import centered, rectified, rectified_conv2d
from reference.convolution.convolution import conv2d
from reference.pooling.max_pool import max_pool2d


def inception_block(input: np.ndarray, *weights: np.ndarray) -> np.ndarray:
    """Put side by side what four paths of different windows make of an image.

        y = [p1, p2, p3, p4] along the channels, and with c a convolution that keeps
        the size, followed by max(0, ·):
        p1 = c1(x),   p2 = c3(c2(x)),   p3 = c5(c4(x)),   p4 = c6(max pooling of x)
        The pooling's window is 3x3, its stride 1; c3 is 3x3 usually, c5 5x5, and the
        others 1x1.

    Shapes:
        input    (batch, channels, height, width)
        weights  six times (filters, channels of what it convolves, odd, odd), (filters)
        result   (batch, filters of c1, c3, c5 and c6, height, width), input's dtype

    Raises:
        ValueError: not twelve weights, shapes that do not fit each other, or kernels
            of even sides.

    Source: Szegedy et al., "Going Deeper with Convolutions" (arXiv:1409.4842).
    """
    if len(weights) != 12:
        raise ValueError(f"weights are {len(weights)}; they must be 12, two for each")

    def convolved(x, index):
        weight, bias = weights[2 * index : 2 * index + 2]
        padding = centered(f"weights[{2 * index}]", weight)
        return rectified_conv2d(x, weight, bias, padding=padding)

    pooled = max_pool2d(input, kernel_size=3, stride=1, padding=1)
    paths = [
        convolved(input, 0),
        convolved(convolved(input, 1), 2),
        convolved(convolved(input, 3), 4),
        convolved(pooled, 5),
    ]
    return np.concatenate(paths, axis=1)


def dense_block(input: np.ndarray, *weights: np.ndarray) -> np.ndarray:
    """Put beside an image, layer by layer, what is made of all that is there.

        x_0 = input,   x_l = [x_{l−1}, conv_l(max(0, scale_l · x_{l−1} + shift_l))]
        along the channels; scale and shift, one for each channel, are batch
        normalization in evaluation.

    Shapes:
        input    (batch, channels, height, width)
        weights  for each layer (seen), (seen) and (growth, seen, odd, odd), the scale,
                 the shift and the kernels; seen are the channels of x_{l−1}
        result   (batch, channels + Σ growth, height, width), input's dtype

    Raises:
        ValueError: weights are not three for each layer, shapes that do not fit each
            other, or kernels of even sides.

    Source: Huang et al., "Densely Connected Convolutional Networks"
        (arXiv:1608.06993).
    """
    if len(weights) % 3:
        raise ValueError(f"weights are {len(weights)}; they must be three a layer")
    seen = input.copy()
    for layer in range(0, len(weights), 3):
        scale, shift, weight = weights[layer : layer + 3]
        channels = seen.shape[1:2]
        if scale.shape != channels or shift.shape != channels:
            raise ValueError(
                f"scale and shift have shapes {scale.shape} and {shift.shape}; they "
                f"must be {channels}, the channels seen"
            )
        normalized = seen * scale[:, None, None] + shift[:, None, None]
        padding = centered(f"weights[{layer + 2}]", weight)
        grown = conv2d(rectified(normalized), weight, padding=padding)
        seen = np.concatenate([seen, grown], axis=1)
    return seen
