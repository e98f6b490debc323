"""The window that convolution, pooling, im2col and their adjoints slide."""

from collections.abc import Iterator, Sequence

import numpy as np

from reference.arguments import check_least, per_axis


def output_size(
    size: int, kernel: int, *, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Count the places at which a window fits into a padded signal.

        ⌊(size + 2 · padding − dilation · (kernel − 1) − 1) / stride⌋ + 1

    Units: everything counts pixels; padding is added on both sides, and
        dilation 1 is a dense kernel.

    Raises:
        ValueError: the kernel, dilated, outgrows the padded signal; or a kernel,
            stride or dilation below 1, or a size or padding below 0.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep
        learning" (arXiv:1603.07285), relationship 15.
    """
    check_counts(size, kernel, stride, padding, dilation)
    reach = dilation * (kernel - 1) + 1
    if reach > size + 2 * padding:
        raise ValueError(
            f"the kernel reaches {reach}, more than size {size} with padding {padding}"
        )
    return (size + 2 * padding - reach) // stride + 1


def pooled_size(
    size: int,
    kernel: int,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Count the places at which a pooling window stops.

        as `output_size`; with ceil_mode ⌈·⌉ for ⌊·⌋, less a last window that would
        start beyond the signal, where (places − 1) · stride ≥ size + padding

    Units: as `output_size`. ceil_mode matters only where the stride does not divide
        size + 2 · padding − dilation · (kernel − 1) − 1, which may be below 0 then: a
        window that outgrows the padded signal stops once, by less than a stride.

    Raises:
        ValueError: as `output_size`, but for such a window.

    Source: PyTorch's documentation of torch.nn.MaxPool1d.
    """
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    reach = dilation * (kernel - 1) + 1
    if ceil_mode and 0 < reach - size - 2 * padding < stride and size + padding > 0:
        check_counts(size, kernel, stride, padding, dilation)
        return 1
    places = output_size(size, kernel, **options)
    is_cut = (size + 2 * padding - reach) % stride != 0
    return places + (ceil_mode and is_cut and places * stride < size + padding)


def check_counts(
    size: int, kernel: int, stride: int, padding: int, dilation: int
) -> None:
    """Check what a window slides over, and how.

    Raises:
        ValueError: a kernel, stride or dilation below 1, or a size or padding below 0.
    """
    check_least(0, size=size, padding=padding)
    check_least(1, kernel=kernel, stride=stride, dilation=dilation)


def window(
    place: Sequence[int],
    kernel_size: Sequence[int],
    size: Sequence[int],
    *,
    stride: Sequence[int],
    padding: Sequence[int],
    dilation: Sequence[int],
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Yield (tap, pixel) for each tap of a kernel that lands inside a signal.

        pixel = place · stride + tap · dilation − padding, on each axis

    Shapes: all sequences have one number per spatial axis.

    Units: pixels. Taps that land in the padding are left out.
    """
    for tap in np.ndindex(*kernel_size):
        pixel = tuple(
            i * s + t * d - p
            for i, s, t, d, p in zip(place, stride, tap, dilation, padding)
        )
        if all(0 <= at < n for at, n in zip(pixel, size)):
            yield tap, pixel


def window_options(
    axes: int,
    stride: int | Sequence[int],
    padding: int | Sequence[int],
    dilation: int | Sequence[int],
) -> dict[str, tuple[int, ...]]:
    """Give a window's options one number per axis, as `per_axis` does.

    Raises:
        ValueError: an option with another number of axes or below its least value.
    """
    return {
        "stride": per_axis("stride", stride, axes, least=1),
        "padding": per_axis("padding", padding, axes, least=0),
        "dilation": per_axis("dilation", dilation, axes, least=1),
    }


def place_counts(
    size: Sequence[int],
    kernel_size: Sequence[int],
    *,
    stride: Sequence[int],
    padding: Sequence[int],
    dilation: Sequence[int],
) -> tuple[int, ...]:
    """Count the places at which a window stops, on each axis.

    Raises:
        ValueError: the kernel outgrows the padded image.
    """
    every = zip(size, kernel_size, stride, padding, dilation)
    return tuple(
        output_size(n, k, stride=s, padding=p, dilation=d) for n, k, s, p, d in every
    )
