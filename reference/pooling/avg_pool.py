"""Average pooling: the mean of a window that slides."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from reference.arguments import per_axis
from reference.pooling.regions import pooling_windows, spatial_size


def avg_pool2d(
    input: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> np.ndarray:
    """Take the mean of each window of an image, channel by channel.

        y[n, c, i] = Σ_p x[n, c, i · stride + p − padding] / divisor
        over the taps p whose pixel lies in the image, in two axes; i and p have one
        part for each. The divisor is divisor_override, if it is given; else the
        number of pixels in the window: with count_include_pad those of the padding
        count, as zeros (but not what ceil_mode lets a window overhang that), without
        it only those of the image.

    Shapes:
        input   (batch, channels, height, width), or without batch
        result  (batch, channels, out_height, out_width), input's dtype; out_size as
                in `max_pool2d`, with dilation 1

    Units: kernel_size, stride and padding count pixels, one number for all axes or
        one for each; stride None is the kernel's size.

    Raises:
        ValueError: as `max_pool2d`; or divisor_override is 0.

    Source: PyTorch's documentation of torch.nn.AvgPool2d.
    """
    window = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    window["ceil_mode"] = ceil_mode
    return _avg_pool(input, 2, window, count_include_pad, divisor_override)


def avg_pool1d(
    input: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> np.ndarray:
    """Take means of signals, ([batch,] channels, length): see `avg_pool2d`."""
    window = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    window["ceil_mode"] = ceil_mode
    return _avg_pool(input, 1, window, count_include_pad, None)


def avg_pool3d(
    input: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    padding: int | Sequence[int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> np.ndarray:
    """Take means of volumes, ([batch,] channels, depth, …): see `avg_pool2d`."""
    window = {"kernel_size": kernel_size, "stride": stride, "padding": padding}
    window["ceil_mode"] = ceil_mode
    return _avg_pool(input, 3, window, count_include_pad, divisor_override)


def _avg_pool(
    input: np.ndarray,
    axes: int,
    options: dict,
    count_include_pad: bool,
    divisor_override: int | None,
) -> np.ndarray:
    if divisor_override == 0:
        raise ValueError("divisor_override is 0; it must be another number, or None")
    shape, places = pooling_windows(input, axes, **options)
    y = np.zeros(shape, input.dtype)
    padded = _padded_counts(spatial_size(input, axes), shape[-axes:], **options)
    for (place, pixels), count in zip(places, padded):
        divisor = divisor_override or (count if count_include_pad else len(pixels))
        for n in np.ndindex(*shape[:-axes]):
            y[*n, *place] = sum(input[*n, *pixel] for pixel in pixels) / divisor
    return y


def _padded_counts(
    size: Sequence[int],
    out_size: Sequence[int],
    *,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None,
    padding: int | Sequence[int],
    ceil_mode: bool,
) -> Iterator[int]:
    """Count, for each place, the pixels of its window in the image and the padding."""
    kernel_size = per_axis("kernel_size", kernel_size, len(size), least=1)
    stride = kernel_size if stride is None else stride
    stride = per_axis("stride", stride, len(size), least=1)
    padding = per_axis("padding", padding, len(size), least=0)
    every = [*zip(size, kernel_size, stride, padding)]
    for place in np.ndindex(*out_size):
        yield math.prod(
            min(k, n + 2 * p - i * s) for i, (n, k, s, p) in zip(place, every)
        )
