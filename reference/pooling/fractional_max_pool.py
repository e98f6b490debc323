"""Fractional max pooling: windows at random places, about evenly spread."""

import math
from collections.abc import Sequence

import numpy as np

from reference.arguments import per_axis
from reference.numbers import floor
from reference.pooling.regions import (
    boxed,
    flat_index,
    greatest,
    spatial_size,
)


def fractional_max_pool2d(
    input: np.ndarray,
    samples: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    output_size: int | Sequence[int] | None = None,
    output_ratio: float | Sequence[float] | None = None,
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Take the maximum of windows whose places a number in [0, 1) decides.

        y[n, c, i] = max_p x[n, c, start[i] + p],   p < kernel_size,  in two axes
        start[i] = ⌊(i + u) · α⌋ − ⌊u · α⌋, but the last is size − kernel_size
        α = (size − kernel_size) / (output_size − 1),   u = samples[n, c, axis]
        output_size = ⌊size · output_ratio⌋, if that is what is given.
        NaN, ties and indices as in `max_pool2d`. The gradient by u is 0.

    The field disagrees on the places: those of the paper are ⌈α · (i + u)⌉, α being
    size / output_size; these are PyTorch's, which hold windows of a fixed size.

    Shapes:
        input    (batch, channels, height, width), or without batch
        samples  (batch, channels, 2), with batch 1 for an input without one
        result   (batch, channels, *output_size), input's dtype, and with
                 return_indices a second one, of indices

    Units: kernel_size and output_size count pixels, one number for all axes or one
        for each; so does output_ratio, as a share of the image.

    Raises:
        ValueError: another number of axes, samples of another shape or outside
            [0, 1], not just one of output_size and output_ratio, an output size below
            1 or above size − kernel_size + 1.

    Source: Graham, "Fractional Max-Pooling" (arXiv:1412.6071); the places are those
        of ATen/native/FractionalMaxPool2d.cpp.
    """
    sizes = {"kernel_size": kernel_size, "output_size": output_size}
    results = _fractional(input, samples, 2, output_ratio=output_ratio, **sizes)
    return results if return_indices else results[0]


def fractional_max_pool3d(
    input: np.ndarray,
    samples: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    output_size: int | Sequence[int] | None = None,
    output_ratio: float | Sequence[float] | None = None,
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Pool volumes so, with samples (batch, channels, 3): `fractional_max_pool2d`."""
    sizes = {"kernel_size": kernel_size, "output_size": output_size}
    results = _fractional(input, samples, 3, output_ratio=output_ratio, **sizes)
    return results if return_indices else results[0]


def _fractional(
    input: np.ndarray,
    samples: np.ndarray,
    axes: int,
    *,
    kernel_size: int | Sequence[int],
    output_size: int | Sequence[int] | None,
    output_ratio: float | Sequence[float] | None,
) -> tuple[np.ndarray, np.ndarray]:
    size = spatial_size(input, axes)
    kernel = per_axis("kernel_size", kernel_size, axes, least=1)
    counts = _counts(size, output_size, output_ratio)
    lead = input.shape[:-axes]
    if samples.shape != ((1,) * (len(lead) < 2) + (*lead, axes)):
        raise ValueError(f"samples has shape {samples.shape}; input {input.shape}")
    samples = samples.reshape(*lead, axes)
    for places, window, pixels in zip(counts, kernel, size):
        if places > pixels - window + 1:
            raise ValueError(
                f"{places} windows of {window} pixels do not fit into {pixels} pixels, "
                "each a pixel further"
            )
    y = np.zeros((*lead, *counts), input.dtype)
    indices = np.zeros(y.shape, np.int64)
    for n in np.ndindex(*lead):
        starts = [*map(_starts, samples[n], size, kernel, counts)]
        for place in np.ndindex(*counts):
            corner = [start[i] for start, i in zip(starts, place)]
            pixels = boxed((at, at + k) for at, k in zip(corner, kernel))
            best = greatest(input[n], pixels)
            y[*n, *place] = input[*n, *best]
            indices[*n, *place] = flat_index(best, size)
    return y, indices


def _counts(
    size: tuple[int, ...],
    output_size: int | Sequence[int] | None,
    output_ratio: float | Sequence[float] | None,
) -> tuple[int, ...]:
    if (output_size is None) == (output_ratio is None):
        raise ValueError(
            f"output_size is {output_size} and output_ratio is {output_ratio}; "
            "just one must be given"
        )
    if output_ratio is not None:
        one = isinstance(output_ratio, (int, float))
        ratios = (output_ratio,) * len(size) if one else output_ratio
        output_size = [math.floor(n * ratio) for n, ratio in zip(size, ratios)]
    return per_axis("output_size", output_size, len(size), least=1)


def _starts(sample, size: int, kernel: int, places: int) -> list[int]:
    """Choose where windows start on one axis."""
    if not 0 <= sample <= 1:
        raise ValueError(f"samples has {sample}; it must be between 0 and 1")
    last = size - kernel
    spread = max(places - 1, 1)
    ends = [floor((sample + i) * last / spread) for i in range(places - 1)]
    return [*(end - ends[0] for end in ends), last]
