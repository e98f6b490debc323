"""Residual blocks: what a block adds to its input is learnt, not its output."""

import numpy as np

from reference.architectures.rectified import centered, rectified, rectified_conv2d
from reference.convolution.convolution import conv2d


def residual_block(
    input: np.ndarray,
    weight1: np.ndarray,
    bias1: np.ndarray | None,
    weight2: np.ndarray,
    bias2: np.ndarray | None,
    skip_weight: np.ndarray | None = None,
    skip_bias: np.ndarray | None = None,
    *,
    stride: int = 1,
    activate: bool = True,
) -> np.ndarray:
    """Add what two convolutions make of an image to the image.

        f(x) = x + g(x),   g(x) = conv2(max(0, conv1(x)))
        y = max(0, f(x)) if activate, else f(x)
        conv1 has the stride, and both keep the size otherwise. With skip_weight, x is
        replaced by a 1x1 convolution of it, of the same stride, in f.

    Batch normalization in evaluation is a factor and a shift for each channel: it is
    in weight and bias, as `fuse_conv_bn_weights` puts it there.

    Shapes:
        input        (batch, in_channels, height, width)
        weight1      (width, in_channels, odd, odd)
        weight2      (out_channels, width, odd, odd)
        skip_weight  (out_channels, in_channels, 1, 1), or None, if in_channels are
                     out_channels and stride is 1
        bias1, …     (filters of its weight), or None for zeros
        result       (batch, out_channels, ⌈height / stride⌉, ⌈width / stride⌉)

    Units: stride counts pixels.

    Raises:
        ValueError: shapes that do not fit each other, kernels of even sides, or no
            skip_weight where x and g(x) have different shapes.

    Source: He et al., "Deep Residual Learning for Image Recognition"
        (arXiv:1512.03385); the last activation is after the sum there.
    """
    pad = centered("weight1", weight1)
    hidden = rectified_conv2d(input, weight1, bias1, stride=stride, padding=pad)
    residual = conv2d(hidden, weight2, bias2, padding=centered("weight2", weight2))
    return _joined(input, residual, skip_weight, skip_bias, stride, activate)


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
    stride: int = 1,
    groups: int = 1,
    stride_first: bool = False,
    activate: bool = True,
) -> np.ndarray:
    """Add what three convolutions, the middle one of few channels, make of an image.

        f(x) = x + g(x),   g(x) = conv3(max(0, conv2(max(0, conv1(x)))))
        y = max(0, f(x)) if activate, else f(x)
        conv1 and conv3 are 1x1 usually, conv2 is 3x3 and has the groups: with more
        than one this is ResNeXt's block. Skip and batch normalization are as for
        `residual_block`.

    The field disagrees on what has the stride: conv1 in the paper (stride_first),
    conv2 in torchvision, which calls that ResNet v1.5.

    Shapes: as for `residual_block`;
        weight2      (width, width / groups, odd, odd)
        weight3      (out_channels, width, odd, odd)

    Units: stride counts pixels.

    Raises:
        ValueError: as `residual_block`, or groups that do not divide the width.

    Source: He et al., "Deep Residual Learning for Image Recognition"
        (arXiv:1512.03385); Xie et al., "Aggregated Residual Transformations for Deep
        Neural Networks" (arXiv:1611.05431), for groups.
    """
    first, second = (stride, 1) if stride_first else (1, stride)
    pads = [
        centered(name, weight)
        for name, weight in [
            ("weight1", weight1),
            ("weight2", weight2),
            ("weight3", weight3),
        ]
    ]
    options = {"stride": second, "padding": pads[1], "groups": groups}
    hidden = rectified_conv2d(input, weight1, bias1, stride=first, padding=pads[0])
    hidden = rectified_conv2d(hidden, weight2, bias2, **options)
    residual = conv2d(hidden, weight3, bias3, padding=pads[2])
    return _joined(input, residual, skip_weight, skip_bias, stride, activate)


def _joined(input, residual, skip_weight, skip_bias, stride, activate):
    """The sum of a residual and of what goes by it."""
    skip = input
    if skip_weight is not None:
        skip = conv2d(input, skip_weight, skip_bias, stride=stride)
    if skip.shape != residual.shape:
        raise ValueError(
            f"skip_weight makes {skip.shape} of the input, the other weights "
            f"{residual.shape}; they must be the same"
        )
    return rectified(skip + residual) if activate else skip + residual
