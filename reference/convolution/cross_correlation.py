"""Cross-correlation and convolution of signals, images and volumes."""

import numpy as np

from reference.arguments import check_channels, same_rank
from reference.windows import output_size


def cross_correlate(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide a kernel over a signal, unflipped, wherever all of it fits.

        y[i] = Σ_p  x[i + p] · kernel[p]

    Shapes: on each axis of x (any number of axes; i and p have one part for each)
        x, kernel, result   size, kernel_size, size − kernel_size + 1

    Raises:
        ValueError: x and kernel have different numbers of axes, or the kernel
            outgrows x.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", eq. 9.6.
    """
    same_rank(x, kernel, "x and kernel")
    y = np.zeros([output_size(n, k) for n, k in zip(x.shape, kernel.shape)], x.dtype)
    for i in np.ndindex(y.shape):
        for p in np.ndindex(kernel.shape):
            y[i] += x[tuple(np.add(i, p))] * kernel[p]
    return y


def convolve(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Convolve two signals, in full: wherever they overlap at all.

        y[i] = Σ_p  x[i − p] · kernel[p]
        x is zero outside its borders. For polynomials' coefficients,
        y holds the coefficients of their product.

    Shapes: on each axis of x (any number of axes; i and p have one part for each)
        x, kernel, result   size, kernel_size, size + kernel_size − 1

    Raises:
        ValueError: x and kernel have different numbers of axes, or one is empty.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", eq. 9.5.
    """
    same_rank(x, kernel, "x and kernel")
    if x.size == 0 or kernel.size == 0:
        raise ValueError(f"x has shape {x.shape}, kernel {kernel.shape}: one is empty")
    y = np.zeros([n + k - 1 for n, k in zip(x.shape, kernel.shape)], x.dtype)
    for i in np.ndindex(x.shape):
        for p in np.ndindex(kernel.shape):
            y[tuple(np.add(i, p))] += x[i] * kernel[p]
    return y


def cross_correlate_channels(x: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Cross-correlate each channel with a kernel of its own, and add up.

        y = Σ_c  x[c] ⋆ kernel[c]

    Shapes:
        x       (channels, *size)
        kernel  (channels, *kernel_size)
        result  (*size − kernel_size + 1)

    Raises:
        ValueError: numbers of channels or axes differ, or the kernel outgrows x.

    Source: Zhang et al., "Dive into Deep Learning", section 7.4.1.
    """
    check_channels(len(x), len(kernel), filters=1, groups=1)
    return sum(cross_correlate(x[c], kernel[c]) for c in range(len(x)))


def cross_correlate_filters(x: np.ndarray, filters: np.ndarray) -> np.ndarray:
    """Cross-correlate all channels with one filter after the other.

        y[o] = Σ_c  x[c] ⋆ filters[o, c]

    Shapes:
        x        (in_channels, *size)
        filters  (out_channels, in_channels, *kernel_size)
        result   (out_channels, *size − kernel_size + 1)

    Raises:
        ValueError: numbers of channels or axes differ, or a filter outgrows x.

    Source: Zhang et al., "Dive into Deep Learning", section 7.4.2.
    """
    return np.stack([cross_correlate_channels(x, kernel) for kernel in filters])
