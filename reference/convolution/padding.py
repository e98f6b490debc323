"""Padding: what lies beyond the border, and how wide it is.

How much to pad (valid, half, same, full, causal) and what to fill in (a constant, a
reflection, the nearest pixel, the other end) are two choices, made independently.
"""

from collections.abc import Sequence

import numpy as np

from reference.arguments import check_least
from reference.convolution.convolution_sizes import (
    effective_kernel_size,
    same_output_size,
)

MODES = ("constant", "reflect", "replicate", "circular")


def pad(
    input: np.ndarray, *, pad: Sequence[int], mode: str = "constant", value: float = 0
) -> np.ndarray:
    """Widen an array at its borders, or crop it where a number is negative.

        y[i] = x[_source(i − before)], on each padded axis; x is input, cropped
        constant   y[i] = value where j = i − before is outside 0 … size − 1
        reflect    source(j) = −j below, 2 · (size − 1) − j above: the border
                   pixel is the mirror and is not repeated
        replicate  source(j) = the nearest of 0 … size − 1
        circular   source(j) = j mod size

    Shapes:
        input   (*others, *size)
        result  (*others, *size + before + after)

    Units: pad counts pixels, before and after for one axis after the other, the
        last axis first: (left, right, top, bottom, front, back). All cropping is
        done before any padding.

    Raises:
        ValueError: another mode, a value with one of the other modes, an odd count
            of numbers or more than input has axes, or a border wider than the mode
            can fill: reflect less than size, circular at most size, replicate any
            unless size is 0, where size is what cropping leaves.

    Source: PyTorch's documentation of torch.nn.functional.pad.
    """
    if mode not in MODES:
        raise ValueError(f"mode is {mode!r}; it must be one of {', '.join(MODES)}")
    if mode != "constant" and value != 0:
        raise ValueError(f"value is {value}; mode {mode!r} takes none")
    if len(pad) % 2 or len(pad) > 2 * input.ndim:
        raise ValueError(f"pad is {pad}; it takes two numbers for each of some axes")
    unpadded = (0,) * (input.ndim - len(pad) // 2)
    before, after = (*unpadded, *pad[-2::-2]), (*unpadded, *pad[-1::-2])
    x = _cropped(input, before, after)
    before, after = [max(0, b) for b in before], [max(0, a) for a in after]
    for n, b, a in zip(x.shape, before, after):
        _check_border(n, max(b, a), mode)

    shape = [n + b + a for n, b, a in zip(x.shape, before, after)]
    y = np.full(shape, value, input.dtype)
    for i in np.ndindex(y.shape):
        from_pixel = [_source(j - b, n, mode) for j, b, n in zip(i, before, x.shape)]
        if None not in from_pixel:
            y[i] = x[tuple(from_pixel)]
    return y


def _source(pixel: int, size: int, mode: str) -> int | None:
    """Say which of 0 … size − 1 stands for a pixel; None where a constant does."""
    if 0 <= pixel < size:
        return pixel
    if mode == "reflect":
        return -pixel if pixel < 0 else 2 * (size - 1) - pixel
    if mode == "replicate":
        return 0 if pixel < 0 else size - 1
    return pixel % size if mode == "circular" else None


def _cropped(x: np.ndarray, before: Sequence[int], after: Sequence[int]) -> np.ndarray:
    """Take away what the negative ones among the numbers of `pad` say.

    Raises:
        ValueError: they take away more pixels than there are.
    """
    kept = []
    for n, b, a in zip(x.shape, before, after):
        first, stop = max(0, -b), n + min(0, a)
        if first > stop:
            raise ValueError(f"pad crops {first + n - stop} pixels of {n}")
        kept.append(slice(first, stop))
    return x[tuple(kept)]


def _check_border(size: int, width: int, mode: str) -> None:
    """Check that a mode can fill a border of that width from `size` pixels.

    Raises:
        ValueError: it cannot.
    """
    most = {"reflect": size - 1, "circular": size}.get(mode, width)
    if width > max(0, most) or (mode == "replicate" and width > 0 == size):
        raise ValueError(f"pad {width} is too wide for mode {mode!r} and {size} pixels")


def same_padding(
    kernel: int, *, dilation: int = 1, extra: str = "after"
) -> tuple[int, int]:
    """Say how far to pad before and after, so that stride 1 keeps the size.

        before + after = dilation · (kernel − 1), in halves; when that is odd,
        the extra pixel goes after (right, bottom), or before if `extra` says so

    Units: pixels; dilation 1 is a dense kernel.

    Raises:
        ValueError: a kernel or dilation below 1, or another word for `extra`.

    Source: extra after: PyTorch's torch.nn.functional.conv2d with padding "same".
        Extra before: Zhang et al., "Dive into Deep Learning",
        "Padding and Stride".
    """
    if extra not in ("before", "after"):
        raise ValueError(f"extra is {extra!r}; it must be 'before' or 'after'")
    total = effective_kernel_size(kernel, dilation=dilation) - 1
    less, more = total // 2, total - total // 2
    return (more, less) if extra == "before" else (less, more)


def tf_same_padding(
    size: int, kernel: int, *, stride: int = 1, dilation: int = 1
) -> tuple[int, int]:
    """Say how far TensorFlow's SAME pads before and after, for any stride.

        total = max(0, (⌈size / stride⌉ − 1) · stride + reach − size)
        reach = dilation · (kernel − 1) + 1
        before = ⌊total / 2⌋, after = total − before

    Units: pixels. The padding depends on the size, unless stride is 1.

    Raises:
        ValueError: a size, kernel, stride or dilation below 1.

    Source: TensorFlow's documentation of tf.nn, "Notes on padding".
    """
    check_least(1, size=size)
    reach = effective_kernel_size(kernel, dilation=dilation)
    last = (same_output_size(size, stride=stride) - 1) * stride
    total = max(0, last + reach - size)
    return total // 2, total - total // 2


def half_padding(kernel: int) -> tuple[int, int]:
    """Pad ⌊kernel / 2⌋ on both sides: an odd kernel then keeps the size.

    Source: Dumoulin and Visin (arXiv:1603.07285), relationship 3.
    """
    check_least(1, kernel=kernel)
    return kernel // 2, kernel // 2


def full_padding(kernel: int, *, dilation: int = 1) -> tuple[int, int]:
    """Pad dilation · (kernel − 1) on both sides: wherever the kernel overlaps at all.

    Source: Dumoulin and Visin (arXiv:1603.07285), relationship 4.
    """
    reach = effective_kernel_size(kernel, dilation=dilation)
    return reach - 1, reach - 1


def causal_padding(kernel: int, *, dilation: int = 1) -> tuple[int, int]:
    """Pad dilation · (kernel − 1) before and nothing after: no output sees ahead.

    Source: Bai, Kolter and Koltun, "An empirical evaluation of generic convolutional
        and recurrent networks for sequence modeling" (arXiv:1803.01271).
    """
    return effective_kernel_size(kernel, dilation=dilation) - 1, 0
