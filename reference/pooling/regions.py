"""What poolings share: windows, bins, the greatest of some pixels, whole parts."""

import itertools
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from reference.arguments import per_axis
from reference.windows import pooled_size, window, window_options

Pixels = list[tuple[int, ...]]


def pooling_windows(
    input: np.ndarray,
    axes: int,
    *,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
    ceil_mode: bool = False,
) -> tuple[tuple[int, ...], Iterator[tuple[tuple[int, ...], Pixels]]]:
    """Find the places of a pooling's result, and the pixels that each sees.

    Returns:
        The shape of the result, and pairs of a place and the pixels in its window,
        row by row; those in the padding are left out.

    Raises:
        ValueError: input has another number of axes than `axes`, a channel's, and
            at most a batch's; or options do not fit each other or the image.
    """
    size = spatial_size(input, axes)
    kernel = per_axis("kernel_size", kernel_size, axes, least=1)
    stride = kernel if stride is None else stride
    options = window_options(axes, stride, padding, dilation)
    for k, p in zip(kernel, options["padding"]):
        if 2 * p > k:
            raise ValueError(f"padding is {p}; it must be at most half of kernel {k}")
    every = zip(size, kernel, *options.values())
    out_size = [
        pooled_size(n, k, stride=s, padding=p, dilation=d, ceil_mode=ceil_mode)
        for n, k, s, p, d in every
    ]
    places = (
        (place, [pixel for _, pixel in window(place, kernel, size, **options)])
        for place in np.ndindex(*out_size)
    )
    return (*input.shape[:-axes], *out_size), places


def bins(
    input: np.ndarray, output_size: int | Sequence[int | None], axes: int
) -> tuple[tuple[int, ...], Iterator[tuple[tuple[int, ...], Pixels]]]:
    """Share out all pixels among bins of about equal size, as `pooling_windows` does.

        bin i of o on an axis of n pixels:  ⌊i · n / o⌋ ≤ pixel < ⌈(i + 1) · n / o⌉

    None in output_size means as many bins as there are pixels.

    Raises:
        ValueError: as `pooling_windows`; or an output size below 1.
    """
    size = spatial_size(input, axes)
    if isinstance(output_size, int):
        output_size = (output_size,) * axes
    wanted = [n if o is None else o for n, o in zip(size, output_size)]
    counts = per_axis("output_size", wanted, len(output_size), least=1)
    if len(counts) != axes:
        raise ValueError(f"output_size is {output_size}; it takes {axes} numbers")
    places = (
        (
            place,
            boxed(
                (i * n // o, -(-(i + 1) * n // o))
                for i, n, o in zip(place, size, counts)
            ),
        )
        for place in np.ndindex(*counts)
    )
    return (*input.shape[:-axes], *counts), places


def boxed(limits: Iterable[tuple[int, int]]) -> Pixels:
    """List the pixels of a box, from the first to before the last on each axis."""
    return [*itertools.product(*[range(*limit) for limit in limits])]


def spatial_size(input: np.ndarray, axes: int) -> tuple[int, ...]:
    """Return the sizes of an input's last axes, those that are pooled.

    Raises:
        ValueError: input has another number of axes than `axes`, a channel's, and
            at most a batch's, or one of them, but for the batch's, is empty.
    """
    if input.ndim not in (axes + 1, axes + 2):
        raise ValueError(
            f"input has shape {input.shape}; its axes must be channels and {axes} "
            "more, or a batch of that"
        )
    if 0 in input.shape[-axes - 1 :]:
        raise ValueError(f"input has shape {input.shape}; only a batch may be empty")
    return input.shape[-axes:]


def greatest(image: np.ndarray, pixels: Pixels) -> tuple[int, ...] | None:
    """Find the pixel with the greatest number, the first of several; None of none.

    NaN is greater than all numbers; of several, the last is taken.
    """
    best = None
    for pixel in pixels:
        if best is None or image[pixel] > image[best] or image[pixel] != image[pixel]:
            best = pixel
    return best


def maxima(
    input: np.ndarray,
    shape: tuple[int, ...],
    places: Iterable[tuple[tuple[int, ...], Pixels]],
) -> tuple[np.ndarray, np.ndarray]:
    """Take the maximum of each window, and the place of it in the flattened image.

    A window without pixels is −∞, and its index −1.
    """
    y, indices = np.zeros(shape, input.dtype), np.zeros(shape, np.int64)
    for place, pixels in places:
        lead = len(shape) - len(place)
        for n in np.ndindex(*shape[:lead]):
            best = greatest(input[n], pixels)
            y[*n, *place] = -np.inf if best is None else input[*n, *best]
            indices[*n, *place] = flat_index(best, input.shape[lead:])
    return y, indices


def flat_index(pixel: Sequence[int] | None, size: Sequence[int]) -> int:
    """Number the pixels of an image row by row, from 0; none is −1."""
    if pixel is None:
        return -1
    index = 0
    for at, n in zip(pixel, size):
        index = index * n + at
    return index
