"""Convolutions that see only pixels that came before, as a PixelCNN's do."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import exact_rank, per_axis
from reference.convolution.convolution import conv2d


def pixel_mask(
    *,
    out_channels: int,
    in_channels: int,
    kernel_size: int | Sequence[int],
    mask_type: str,
    colors: int = 1,
) -> np.ndarray:
    """Say which weights of a kernel see pixels that came before, in reading order.

        mask[o, c, p, q] = (p, q) is above the middle row, or left in it;
        and in the middle itself, color(c) < color(o) for "A", ≤ for "B"
        color(k) = ⌊k · colors / channels⌋: red comes before green, that before blue

    Shapes: result (out_channels, in_channels, *kernel_size), bools

    Units: mask_type "A" is for the first layer, which must not see the pixel that is to
        be predicted; "B" for those behind it, which see features of "A" alone.

    Raises:
        ValueError: another mask_type, a side of the kernel that is even or below 1,
            or channels that do not divide into colors.

    Source: van den Oord, Kalchbrenner and Kavukcuoglu, "Pixel Recurrent Neural
        Networks" (arXiv:1601.06759), section 3.4 and figure 2.
    """
    kernel_size = per_axis("kernel_size", kernel_size, 2, least=1)
    if mask_type not in ("A", "B"):
        raise ValueError(f'mask_type is {mask_type!r}; it must be "A" or "B"')
    if any(side % 2 == 0 for side in kernel_size):
        raise ValueError(f"kernel_size is {kernel_size}; its sides must be odd")
    if colors < 1 or out_channels % colors or in_channels % colors:
        raise ValueError(
            f"colors is {colors}; it must divide {out_channels} and {in_channels} "
            "channels"
        )
    middle = tuple(side // 2 for side in kernel_size)
    mask = np.zeros((out_channels, in_channels, *kernel_size), bool)
    for o, c, *place in np.ndindex(mask.shape):
        mine, seen = o * colors // out_channels, c * colors // in_channels
        if tuple(place) == middle:
            mask[o, c, *place] = seen < mine or (mask_type == "B" and seen == mine)
        else:
            mask[o, c, *place] = tuple(place) < middle
    return mask


def masked_conv2d(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    mask_type: str,
    colors: int = 1,
) -> np.ndarray:
    """Convolve images with the weights that see pixels that came before.

        y = conv2d(x, mask · weight) + bias, padded so that y is as large as x

    Shapes:
        input   (batch, in_channels, height, width)
        weight  (out_channels, in_channels, kernel_height, kernel_width)
        bias    (out_channels), or None for zeros
        result  (batch, out_channels, height, width), input's dtype

    Raises:
        ValueError: shapes do not fit each other, or see `pixel_mask`.

    Source: van den Oord, Kalchbrenner and Kavukcuoglu (arXiv:1601.06759), section 3.
    """
    exact_rank("weight", weight, "out_channels in_channels height width")
    out_channels, in_channels, *kernel_size = weight.shape
    mask = pixel_mask(
        out_channels=out_channels,
        in_channels=in_channels,
        kernel_size=kernel_size,
        mask_type=mask_type,
        colors=colors,
    )
    padding = [side // 2 for side in kernel_size]
    return conv2d(input, np.where(mask, weight, 0), bias, padding=padding)
