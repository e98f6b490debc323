"""Where pixels go: flips, crops, and other sizes."""

from fractions import Fraction

import numpy as np

from reference.arguments import check_least
from reference.numbers import of_kind

HALF = Fraction(1, 2)


def horizontal_flip(input: np.ndarray) -> np.ndarray:
    """Swap left and right.

        y[…, i, j] = x[…, i, width − 1 − j]

    Shapes: input and result (*batch, height, width).

    Raises:
        ValueError: input has less than two axes.

    Source: torchvision's documentation of RandomHorizontalFlip.
    """
    _check_image(input)
    y = np.zeros(input.shape, input.dtype)
    for *n, i, j in np.ndindex(input.shape):
        y[*n, i, j] = input[*n, i, input.shape[-1] - 1 - j]
    return y


def vertical_flip(input: np.ndarray) -> np.ndarray:
    """Swap top and bottom.

        y[…, i, j] = x[…, height − 1 − i, j]

    Shapes: input and result (*batch, height, width).

    Raises:
        ValueError: input has less than two axes.

    Source: torchvision's documentation of RandomVerticalFlip.
    """
    _check_image(input)
    y = np.zeros(input.shape, input.dtype)
    for *n, i, j in np.ndindex(input.shape):
        y[*n, i, j] = input[*n, input.shape[-2] - 1 - i, j]
    return y


def crop(
    input: np.ndarray, *, top: int, left: int, height: int, width: int
) -> np.ndarray:
    """Cut a rectangle out of images.

        y[…, i, j] = x[…, top + i, left + j]

    Shapes:
        input   (*batch, rows, columns)
        result  (*batch, height, width), input's dtype

    Units: pixels.

    Raises:
        ValueError: input has less than two axes, or the rectangle no pixels, or some
            outside of the image. (torchvision puts zeros there.)

    Source: torchvision's documentation of crop.
    """
    _check_image(input)
    rows, columns = input.shape[-2:]
    check_least(1, height=height, width=width)
    if min(top, left) < 0 or top + height > rows or left + width > columns:
        raise ValueError(
            f"the rectangle is {height} × {width} at ({top}, {left}); it must be in "
            f"the image, {rows} × {columns}"
        )
    y = np.zeros((*input.shape[:-2], height, width), input.dtype)
    for *n, i, j in np.ndindex(y.shape):
        y[*n, i, j] = input[*n, top + i, left + j]
    return y


def resize(input: np.ndarray, *, size: tuple[int, int]) -> np.ndarray:
    """Give images another size: bilinear interpolation between the middles of pixels.

        y[…, i, j] = Σ_rc weight_i[r] · weight_j[c] · x[…, r, c]
        row = (i + ½) · height / out_height − ½, clipped to 0 … height − 1
        weight_i[r] = max(0, 1 − |row − r|),  and col likewise from j
        What is made smaller is not smoothed first.

    Shapes:
        input   (*batch, height, width)
        result  (*batch, *size), input's dtype

    Units: pixels.

    Raises:
        ValueError: input has less than two axes, or no pixels; size is not of two
            sides, or one is below 1.

    Source: PyTorch's documentation of torch.nn.functional.interpolate, bilinear,
        align_corners False.
    """
    _check_image(input)
    if len(size) != 2:
        raise ValueError(f"size is {size}; it must be (height, width)")
    height, width = input.shape[-2:]
    check_least(1, height=height, width=width, out_height=size[0], out_width=size[1])
    one = of_kind(1, input.flat[0]) if input.size else 1
    rows, cols = (_weighed(*sides, one) for sides in zip((height, width), size))
    y = np.zeros((*input.shape[:-2], *size), input.dtype)
    for *n, i, j in np.ndindex(y.shape):
        for (r, a), (c, b) in ((p, q) for p in rows[i] for q in cols[j]):
            y[*n, i, j] += a * b * input[*n, r, c]
    return y


def resized_crop(
    input: np.ndarray,
    *,
    top: int,
    left: int,
    height: int,
    width: int,
    size: tuple[int, int],
) -> np.ndarray:
    """Cut a rectangle out of images, and give it another size.

        y = resize(crop(x, top, left, height, width), size)

    Shapes: as of `crop` and `resize`.

    Raises:
        ValueError: as `crop` and `resize`.

    Source: torchvision's documentation of resized_crop.
    """
    part = crop(input, top=top, left=left, height=height, width=width)
    return resize(part, size=size)


def _weighed(size, count, one):
    """For each of count pixels, those of size that are at most one away, and weights.

    Weights are made of `one`: they round as an implementation's do.
    """
    pixels = []
    for i in range(count):
        at = one * size * (i + HALF) / count - HALF
        at = np.minimum(np.maximum(at, 0), size - 1)
        exact = (2 * i + 1) * size - count
        near = [r for r in range(size) if abs(exact - 2 * count * r) <= 2 * count]
        pixels.append([(r, 1 - abs(at - r)) for r in near])
    return pixels


def _check_image(input):
    if input.ndim < 2:
        raise ValueError(f"input has shape {input.shape}; it takes (…, rows, columns)")
