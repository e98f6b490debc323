"""A convolution and what its activation makes of it, as blocks have them."""

import numpy as np

from reference.convolution.convolution import conv2d


def rectified(input: np.ndarray) -> np.ndarray:
    """Put 0 in place of what is negative: y = max(0, x)."""
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(y.shape):
        y[i] = np.maximum(input[i], 0)
    return y


def rectified_conv2d(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None, **options: int
) -> np.ndarray:
    """Convolve, then put 0 in place of what is negative."""
    return rectified(conv2d(input, weight, bias, **options))


def centered(name: str, weight: np.ndarray) -> tuple[int, int]:
    """Give the padding with which a kernel keeps the size of an image.

    Raises:
        ValueError: a side of the kernel is even, or there are no two sides.
    """
    if weight.ndim != 4 or not all(side % 2 for side in weight.shape[2:]):
        raise ValueError(
            f"{name} has shape {weight.shape}; it must be (filters, channels, "
            "height, width) with an odd height and width"
        )
    height, width = weight.shape[2:]
    return height // 2, width // 2
