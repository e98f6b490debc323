"""Lp pooling: the norm of a window that slides."""

import math
from collections.abc import Sequence

import numpy as np

from reference.pooling.regions import Pixels, pooling_windows


def lp_pool2d(
    input: np.ndarray,
    *,
    norm_type: float,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    ceil_mode: bool = False,
) -> np.ndarray:
    """Take the p-norm of each window of an image, channel by channel.

        y[n, c, i] = (Σ_q |x[n, c, i · stride + q]|^p)^(1/p),   p = norm_type
        over the taps q whose pixel lies in the image, in two axes; p = ∞ is max |x|.
        A window of zeros is 0, and so is its gradient, which does not exist there.

    The field disagrees where p is not even and x is negative: a norm takes |x|, as
    ONNX's LpPool; PyTorch documents x^p without it, so that p = 1 is the sum.

    Shapes:
        input   (batch, channels, height, width), or without batch
        result  (batch, channels, out_height, out_width), input's dtype; out_size as
                in `max_pool2d`, without padding and with dilation 1

    Units: kernel_size and stride count pixels, one number for all axes or one for
        each; stride None is the kernel's size.

    Raises:
        ValueError: as `max_pool2d`; or norm_type is not positive.

    Source: ONNX's specification of LpPool; PyTorch's of torch.nn.LPPool2d.
    """
    window = {"kernel_size": kernel_size, "stride": stride, "ceil_mode": ceil_mode}
    return _lp_pool(input, 2, norm_type, window)


def lp_pool1d(
    input: np.ndarray,
    *,
    norm_type: float,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    ceil_mode: bool = False,
) -> np.ndarray:
    """Take norms of signals, ([batch,] channels, length): see `lp_pool2d`."""
    window = {"kernel_size": kernel_size, "stride": stride, "ceil_mode": ceil_mode}
    return _lp_pool(input, 1, norm_type, window)


def lp_pool3d(
    input: np.ndarray,
    *,
    norm_type: float,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] | None = None,
    ceil_mode: bool = False,
) -> np.ndarray:
    """Take norms of volumes, ([batch,] channels, depth, …): see `lp_pool2d`."""
    window = {"kernel_size": kernel_size, "stride": stride, "ceil_mode": ceil_mode}
    return _lp_pool(input, 3, norm_type, window)


def _lp_pool(input: np.ndarray, axes: int, p: float, options: dict) -> np.ndarray:
    if not p > 0:
        raise ValueError(f"norm_type is {p}; it must be positive")
    shape, places = pooling_windows(input, axes, **options)
    y = np.zeros(shape, input.dtype)
    for place, pixels in places:
        for n in np.ndindex(*shape[:-axes]):
            y[*n, *place] = _norm(input[n], pixels, p)
    return y


def _norm(image: np.ndarray, pixels: Pixels, p: float):
    sizes = [abs(image[pixel]) for pixel in pixels]
    if p == math.inf:
        greatest = sizes[0]
        for size in sizes[1:]:
            greatest = greatest if greatest >= size else size
        return greatest
    if all(size == 0 for size in sizes):
        return 0  # here the root has no derivative
    return sum(_power(size, p) for size in sizes) ** (1 / p)


def _power(size, p: float):
    """Multiply a number with itself; only a fractional power is more than that."""
    return math.prod([size] * int(p)) if p == int(p) else size**p
