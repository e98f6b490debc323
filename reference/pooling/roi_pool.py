"""Pooling of regions of interest: boxes of any size become grids of one size."""

import itertools
from collections.abc import Sequence

import numpy as np

from reference.arguments import per_axis
from reference.numbers import floor
from reference.pooling.regions import boxed, greatest


def roi_pool(
    input: np.ndarray,
    boxes: np.ndarray,
    *,
    output_size: int | Sequence[int],
    spatial_scale: float = 1,
) -> np.ndarray:
    """Take the maximum of each bin of a box, whose edges are rounded to pixels.

        y[k, c, i, j] = max x[n, c, row, col],   (n, x1, y1, x2, y2) = boxes[k]
        top + ⌊i · rows / bins⌋ ≤ row < top + ⌈(i + 1) · rows / bins⌉,  0 ≤ row < height
        top = round(y1 · spatial_scale), bottom = round(y2 · spatial_scale)
        rows = max(bottom − top + 1, 1): both edges are in the box; bins of output_size
        and col likewise from x1 and x2. Halves are rounded away from 0. A bin without
        pixels is 0. Of equal pixels the first has the gradient.

    Shapes:
        input   (batch, channels, height, width)
        boxes   (number of boxes, 5): a batch's index and two corners, as floats
        result  (number of boxes, channels, *output_size), input's dtype

    Units: boxes are in pixels / spatial_scale, as (x, y); output_size counts bins, as
        (vertical, horizontal).

    Raises:
        ValueError: shapes that do not fit, an output size below 1, or a box of an
            image that is not in the batch.

    Source: Girshick, "Fast R-CNN" (arXiv:1504.08083); the rounding is that of
        torchvision.ops.roi_pool.
    """
    counts = _check_boxes(input, boxes, output_size)
    y = np.zeros((len(boxes), input.shape[1], *counts), input.dtype)
    for k, (image, x1, y1, x2, y2) in enumerate(boxes):
        n = _image_of(image, len(input))
        starts = [_rounded(edge * spatial_scale) for edge in (y1, x1)]
        ends = [_rounded(edge * spatial_scale) for edge in (y2, x2)]
        every = [*zip(starts, ends, counts, input.shape[2:])]
        for place in np.ndindex(*counts):
            pixels = boxed(_bin(i, *axis) for i, axis in zip(place, every))
            for c in range(input.shape[1]):
                best = greatest(input[n, c], pixels)
                y[k, c, *place] = 0 if best is None else input[n, c, *best]
    return y


def roi_align(
    input: np.ndarray,
    boxes: np.ndarray,
    *,
    output_size: int | Sequence[int],
    spatial_scale: float = 1,
    sampling_ratio: int = -1,
    aligned: bool = False,
) -> np.ndarray:
    """Take the mean of samples of each bin of a box, without rounding its edges.

        y[k, c, i, j] = mean_{p, q} x(n, c, row, col),   (n, x1, y1, x2, y2) = boxes[k]
        row = top + (i + (p + ½) / samples) · rows / bins,   p < samples
        top = y1 · spatial_scale − half,   rows = (y2 − y1) · spatial_scale
        samples = sampling_ratio, or ⌈rows / bins⌉ where that is not positive
        and col likewise from x1 and x2; bins of output_size
        x(row, col) = Σ max(0, 1 − |row − r|) · max(0, 1 − |col − s|) · x[n, c, r, s]
        with row and col clipped to [0, height − 1] and [0, width − 1]; 0 where row
        is below −1 or above height, or col likewise.

    The field disagrees on the half pixel: with aligned, half is ½, so that pixel r
    is a square with its middle at r + ½, and boxes may be thin; without, half is 0 and
    rows is at least 1, as Detectron had it.

    Shapes:
        input   (batch, channels, height, width)
        boxes   (number of boxes, 5): a batch's index and two corners, as floats
        result  (number of boxes, channels, *output_size), input's dtype

    Units: boxes are in pixels / spatial_scale, as (x, y); output_size counts bins, as
        (vertical, horizontal); sampling_ratio counts samples on each axis of a bin.

    Raises:
        ValueError: as `roi_pool`.

    Source: He et al., "Mask R-CNN" (arXiv:1703.06870); the options are those of
        torchvision.ops.roi_align.
    """
    counts = _check_boxes(input, boxes, output_size)
    y = np.zeros((len(boxes), input.shape[1], *counts), input.dtype)
    for k, (image, x1, y1, x2, y2) in enumerate(boxes):
        n = _image_of(image, len(input))
        sides = [
            [edge * spatial_scale for edge in edges] for edges in ((y1, y2), (x1, x2))
        ]
        weights = [
            _sampled(*side, count, size, sampling_ratio, aligned)
            for side, count, size in zip(sides, counts, input.shape[2:])
        ]
        for i, j in np.ndindex(*counts):
            rows, cols = weights[0][i], weights[1][j]
            products = [
                (r, s, a * b)
                for row, col in itertools.product(rows, cols)
                for (r, a), (s, b) in itertools.product(row, col)
            ]
            for c in range(input.shape[1]):
                total = sum(weight * input[n, c, r, s] for r, s, weight in products)
                y[k, c, i, j] = total / (len(rows) * len(cols))
    return y


def _check_boxes(
    input: np.ndarray, boxes: np.ndarray, output_size: int | Sequence[int]
) -> tuple[int, ...]:
    if input.ndim != 4 or 0 in input.shape[2:]:
        raise ValueError(
            f"input has shape {input.shape}; it must be images, "
            "(batch, channels, height, width)"
        )
    if boxes.ndim != 2 or boxes.shape[1] != 5:
        raise ValueError(f"boxes has shape {boxes.shape}; it must be (number, 5)")
    return per_axis("output_size", output_size, 2, least=1)


def _image_of(number, batch: int) -> int:
    for n in range(batch):
        if number == n:
            return n
    raise ValueError(f"a box is of image {number}; the batch has {batch}")


def _rounded(number) -> int:
    whole = 0
    while abs(number) >= whole + 0.5:
        whole += 1
    return whole if number >= 0 else -whole


def _bin(i: int, first: int, last: int, count: int, size: int) -> tuple[int, int]:
    """Limit bin i of so many to the pixels that there are."""
    rows = max(last - first + 1, 1)
    start = first + i * rows // count
    end = first - (-(i + 1) * rows // count)
    return min(max(start, 0), size), min(max(end, 0), size)


def _sampled(
    first, last, count: int, size: int, sampling_ratio: int, aligned: bool
) -> list[list[list[tuple[int, object]]]]:
    """Weigh pixels on one axis: for each bin and each sample, pairs of both."""
    # in whole numbers, as 2 p + 1 over 2: exact with exact edges
    reach = last - first
    if aligned:
        first = (2 * first - 1) / 2
    else:
        reach = np.maximum(reach, 1)
    step = reach / count
    samples = sampling_ratio if sampling_ratio > 0 else max(-floor(-step), 1)
    return [
        [
            _weights(first + i * step + (2 * p + 1) * step / (2 * samples), size)
            for p in range(samples)
        ]
        for i in range(count)
    ]


def _weights(at, size: int) -> list[tuple[int, object]]:
    """Interpolate between pixels: pairs of a pixel and its weight."""
    if at < -1 or at > size:
        return []
    at = np.minimum(np.maximum(at, 0), size - 1)
    # pixels 1 away and further weigh 0; comparing with 1 would be undecided by
    # rounding where a sample is at a pixel
    near = [r for r in range(size) if abs(at - r) < 1.4]
    return [(r, np.maximum(0, 1 - abs(at - r))) for r in near]
