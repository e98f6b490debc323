"""Adaptive pooling: means and maxima of as many bins as one asks for."""

from collections.abc import Sequence

import numpy as np

from reference.pooling.regions import bins, maxima


def adaptive_avg_pool2d(
    input: np.ndarray, *, output_size: int | Sequence[int | None]
) -> np.ndarray:
    """Take the mean of each of so many bins of an image, channel by channel.

        y[n, c, i] = Σ_pixel x[n, c, pixel] / (number of pixels)
        ⌊i · size / output_size⌋ ≤ pixel < ⌈(i + 1) · size / output_size⌉
        in two axes; i and pixel have one part for each. Bins overlap where the
        output size does not divide the size.

    Shapes:
        input   (batch, channels, height, width), or without batch
        result  (batch, channels, *output_size), input's dtype

    Units: output_size counts bins, one number for all axes or one for each; None is
        as many as there are pixels.

    Raises:
        ValueError: another number of axes, an axis but the batch's that is empty, or
            an output size below 1.

    Source: PyTorch's documentation of torch.nn.AdaptiveAvgPool2d; the bins are those
        of its start_index and end_index (ATen/native/AdaptivePooling.h).
    """
    return _means(input, *bins(input, output_size, 2))


def adaptive_avg_pool1d(
    input: np.ndarray, *, output_size: int | Sequence[int | None]
) -> np.ndarray:
    """Take means of signals, ([batch,] channels, length): see `adaptive_avg_pool2d`."""
    return _means(input, *bins(input, output_size, 1))


def adaptive_avg_pool3d(
    input: np.ndarray, *, output_size: int | Sequence[int | None]
) -> np.ndarray:
    """Take means of volumes, (…, depth, height, width): see `adaptive_avg_pool2d`."""
    return _means(input, *bins(input, output_size, 3))


def adaptive_max_pool2d(
    input: np.ndarray,
    *,
    output_size: int | Sequence[int | None],
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Take the maximum of each of so many bins of an image, channel by channel.

        y[n, c, i] = max_pixel x[n, c, pixel],  the bins as in `adaptive_avg_pool2d`;
        NaN, ties and indices as in `max_pool2d`.

    Shapes:
        input   (batch, channels, height, width), or without batch
        result  (batch, channels, *output_size), input's dtype, and with
                return_indices a second one, of indices

    Units: output_size counts bins, as in `adaptive_avg_pool2d`.

    Raises:
        ValueError: as `adaptive_avg_pool2d`.

    Source: PyTorch's documentation of torch.nn.AdaptiveMaxPool2d.
    """
    results = maxima(input, *bins(input, output_size, 2))
    return results if return_indices else results[0]


def adaptive_max_pool1d(
    input: np.ndarray,
    *,
    output_size: int | Sequence[int | None],
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Take maxima of signals, (…, channels, length): see `adaptive_max_pool2d`."""
    results = maxima(input, *bins(input, output_size, 1))
    return results if return_indices else results[0]


def adaptive_max_pool3d(
    input: np.ndarray,
    *,
    output_size: int | Sequence[int | None],
    return_indices: bool = False,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    """Take maxima of volumes, (…, depth, height, width): see `adaptive_max_pool2d`."""
    results = maxima(input, *bins(input, output_size, 3))
    return results if return_indices else results[0]


def _means(input: np.ndarray, shape: tuple[int, ...], places) -> np.ndarray:
    y = np.zeros(shape, input.dtype)
    for place, pixels in places:
        for n in np.ndindex(*shape[: len(shape) - len(place)]):
            y[*n, *place] = sum(input[*n, *pixel] for pixel in pixels) / len(pixels)
    return y
