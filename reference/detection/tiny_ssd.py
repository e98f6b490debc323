"""The blocks of a small single-shot detector, its scales, and its shapes."""

import numpy as np

from reference.activations.rectifiers import relu
from reference.arguments import check_least, exact_rank
from reference.convolution.convolution import conv2d
from reference.normalisation.batch_norm import batch_norm
from reference.pooling.max_pool import max_pool2d

PARTS = 6
"""Tensors of a convolution and the normalization behind it."""


def down_sample_blk(
    input: np.ndarray, *weights: np.ndarray, training: bool, eps: float = 1e-5
) -> np.ndarray:
    """Convolve, normalize and rectify, as often as there are weights; halve the image.

        z = relu(batch_norm(conv2d(x, weight, bias, padding=1), …))  for each layer
        y = max_pool2d(z, kernel_size=2)

    Shapes:
        input    (batch, channels, height, width)
        weights  six for each layer, of which d2l's block has two: weight
                 (out, in, 3, 3), bias, running_mean, running_var, scale and shift
                 (out)
        result   (batch, out, ⌊height / 2⌋, ⌊width / 2⌋), input's dtype

    Raises:
        ValueError: weights are not six to a layer, or do not fit.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox Detection".
    """
    exact_rank("input", input, "batch channels height width")
    if not weights or len(weights) % PARTS:
        raise ValueError(f"there are {len(weights)} weights; each layer takes {PARTS}")
    for first in range(0, len(weights), PARTS):
        weight, bias, *normal = weights[first : first + PARTS]
        z = conv2d(input, weight, bias, padding=1)
        input = relu(batch_norm(z, *normal, training=training, eps=eps))
    return max_pool2d(input, kernel_size=2, stride=2)


def base_net(
    input: np.ndarray,
    *weights: np.ndarray,
    layers: int = 2,
    training: bool,
    eps: float = 1e-5,
) -> np.ndarray:
    """Apply down-sampling blocks one after the other.

        y = block_k(… block_1(x)),  each a `down_sample_blk` of so many layers
        d2l's has three, of 3 → 16 → 32 → 64 channels.

    Shapes:
        input    (batch, channels, height, width)
        weights  6 · layers for each block
        result   (batch, out, height, width), each side halved by every block and
                 rounded down; input's dtype

    Raises:
        ValueError: weights are not so many for each block, or as `down_sample_blk`.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox Detection".
    """
    check_least(1, layers=layers)
    count = PARTS * layers
    if not weights or len(weights) % count:
        raise ValueError(f"there are {len(weights)} weights; each block takes {count}")
    for first in range(0, len(weights), count):
        block = weights[first : first + count]
        input = down_sample_blk(input, *block, training=training, eps=eps)
    return input


def halved_size(size: int, *, blocks: int) -> int:
    """Halve a side of an image once for each block, rounding down each time.

        s_0 = size,  s_{k+1} = ⌊s_k / 2⌋;  the result is s_blocks

    Units: pixels.

    Raises:
        ValueError: a size below 1, a number of blocks below 0, or nothing is left.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox Detection".
    """
    check_least(1, size=size)
    check_least(0, blocks=blocks)
    left = size
    for _ in range(blocks):
        left //= 2
    if not left:
        raise ValueError(f"size is {size}; nothing is left of it after {blocks} blocks")
    return left


def tiny_ssd_shapes(
    *, batch: int, height: int, width: int, num_classes: int, num_anchors: int = 4
) -> np.ndarray:
    """Say which shapes d2l's TinySSD gives: anchors, classes and offsets.

        maps = the image halved 3, 4, 5 and 6 times, and one pixel
        count = num_anchors · Σ_maps height · width
        (1, count, 4), (batch, count, num_classes + 1), (batch, 4 · count, 1)

    Shapes: the result is (3, 3), int64, a row for each; offsets have no third side.

    Raises:
        ValueError: a number below 1, or an image of which nothing is left.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox Detection".
    """
    check_least(1, batch=batch, num_classes=num_classes, num_anchors=num_anchors)
    pixels = 1
    for blocks in (3, 4, 5, 6):
        sides = [halved_size(side, blocks=blocks) for side in (height, width)]
        pixels += sides[0] * sides[1]
    count = num_anchors * pixels
    shapes = [(1, count, 4), (batch, count, num_classes + 1), (batch, 4 * count, 1)]
    return np.array(shapes, np.int64)


def ssd_scales(limits: np.ndarray, *, count: int) -> np.ndarray:
    """Spread the scales of anchors evenly between two limits, and one step beyond.

        s[k] = least + k · (most − least) / (count − 1),   k = 0 … count

    Shapes:
        limits  (2): least, most
        result  (count + 1), limits' dtype

    Units: shares of the image's side.

    Raises:
        ValueError: limits of another shape, or a count below 2.

    Source: Liu et al., "SSD: Single Shot MultiBox Detector" (arXiv:1512.02325).
    """
    check_least(2, count=count)
    if limits.shape != (2,):
        raise ValueError(f"limits has shape {limits.shape}; it must be (2)")
    least, most = limits
    scales = np.zeros(count + 1, limits.dtype)
    for k in range(count + 1):
        scales[k] = least + k * (most - least) / (count - 1)
    return scales


def ssd_sizes(scales: np.ndarray) -> np.ndarray:
    """Give each scale's anchors two sizes: its own, and one on the way to the next.

        y[k] = (s[k], √(s[k] · s[k + 1]))

    Shapes:
        scales  (count + 1), positive
        result  (count, 2), scales' dtype

    Raises:
        ValueError: scales has other axes, or nothing that follows on the first.

    Source: Liu et al., "SSD: Single Shot MultiBox Detector" (arXiv:1512.02325).
    """
    exact_rank("scales", scales, "n")
    if len(scales) < 2:
        raise ValueError(f"scales has shape {scales.shape}; it takes two at least")
    sizes = np.zeros((len(scales) - 1, 2), scales.dtype)
    for k in range(len(sizes)):
        sizes[k] = scales[k], np.sqrt(scales[k] * scales[k + 1])
    return sizes
