"""Padding: what lies beyond the border, how wide it is, and convolutions that use it.

How much to pad (valid, half, same, full, causal) and what to fill in (a constant, a
reflection, the nearest pixel, the other end) are two choices, made independently.
"""

from collections.abc import Sequence

import numpy as np

from reference.arguments import check_least, exact_rank, per_axis, same_rank
from reference.convolution import conv1d, conv2d
from reference.convolution_sizes import effective_kernel_size, same_output_size
from reference.windows import window

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
    before, after = np.maximum(before, 0).tolist(), np.maximum(after, 0).tolist()
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


def conv2d_same(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> np.ndarray:
    """Convolve images, padded by zeros to keep their size, with stride 1.

    Shapes, Units, Raises: as `reference.convolution.conv2d`; the result has the
        input's height and width, whatever the kernel's. `same_padding` pads.

    Source: PyTorch's documentation of torch.nn.functional.conv2d, padding "same".
    """
    exact_rank("weight", weight, "out_channels channels height width")
    dilation = per_axis("dilation", dilation, 2, least=1)
    sides = [same_padding(k, dilation=d) for k, d in zip(weight.shape[2:], dilation)]
    x = pad(input, pad=_last_axis_first(sides))
    return conv2d(x, weight, bias, dilation=dilation, groups=groups)


def conv2d_tf_same(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: int | Sequence[int] = 1,
    dilation: int | Sequence[int] = 1,
    groups: int = 1,
) -> np.ndarray:
    """Convolve images, padded by zeros as TensorFlow's SAME does for any stride.

    Shapes, Units, Raises: as `reference.convolution.conv2d`; the result has
        ⌈size / stride⌉ pixels on each axis. `tf_same_padding` pads.

    Source: TensorFlow's documentation of tf.nn, "Notes on padding".
    """
    exact_rank("input", input, "batch channels height width")
    exact_rank("weight", weight, "out_channels channels height width")
    stride = per_axis("stride", stride, 2, least=1)
    dilation = per_axis("dilation", dilation, 2, least=1)
    sides = [
        tf_same_padding(n, k, stride=s, dilation=d)
        for n, k, s, d in zip(input.shape[2:], weight.shape[2:], stride, dilation)
    ]
    x = pad(input, pad=_last_axis_first(sides))
    return conv2d(x, weight, bias, stride=stride, dilation=dilation, groups=groups)


def causal_conv1d(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    dilation: int = 1,
    groups: int = 1,
) -> np.ndarray:
    """Convolve signals so that no output depends on a later input.

        y[n, o, t] = bias[o] + Σ_c Σ_p  input[n, c, past] · weight[o, c, p]
        past = t − (kernel_size − 1 − p) · dilation;  input is zero before its start

    Shapes, Units, Raises: as `reference.convolution.conv1d`; the result is as long
        as the input. `causal_padding` pads.

    Source: Bai, Kolter and Koltun (arXiv:1803.01271).
    """
    exact_rank("weight", weight, "out_channels channels length")
    x = pad(input, pad=causal_padding(weight.shape[2], dilation=dilation))
    return conv1d(x, weight, bias, dilation=dilation, groups=groups)


def cross_correlate_same(
    x: np.ndarray, kernel: np.ndarray, *, origin: int | Sequence[int] = 0
) -> np.ndarray:
    """Slide a kernel over a signal with its anchor on every pixel in turn.

        y[i] = Σ_p  x[i + p − anchor] · kernel[p],  anchor = ⌊kernel_size / 2⌋ + origin
        x is zero outside its borders. An odd kernel's anchor is its centre when
        origin is 0; an even kernel has no centre, its anchor lies right of it.

    Shapes:
        x, result  (*size), any number of axes
        kernel     (*kernel_size), as many

    Units: origin counts pixels, one number for all axes or one for each.

    Raises:
        ValueError: x and kernel have different numbers of axes, or an anchor
            outside the kernel.

    Source: SciPy's documentation of scipy.ndimage.correlate, mode "constant".
    """
    axes = same_rank(x, kernel, "x and kernel")
    origin = per_axis("origin", origin, axes, least=-max(kernel.shape))
    anchor = [k // 2 + o for k, o in zip(kernel.shape, origin)]
    if any(not 0 <= at < k for at, k in zip(anchor, kernel.shape)):
        raise ValueError(
            f"origin is {origin}; it puts the anchor at {anchor}, "
            f"outside a kernel of shape {kernel.shape}"
        )
    ones = [1] * axes
    y = np.zeros(x.shape, x.dtype)
    for i in np.ndindex(x.shape):
        options = {"stride": ones, "padding": anchor, "dilation": ones}
        for p, pixel in window(i, kernel.shape, x.shape, **options):
            y[i] += x[pixel] * kernel[p]
    return y


def _last_axis_first(sides: Sequence[tuple[int, int]]) -> list[int]:
    """Put (before, after) of each axis into the order of `pad`: the last axis first."""
    return [width for side in reversed(sides) for width in side]
