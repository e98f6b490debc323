"""From a fully connected layer on images to a convolution, one constraint at a time.

`fully_connected_layer` sees every pixel from everywhere; `recentered_weight` and
`recentered_layer` count pixels from where one stands; `translation_invariant_layer`
does the same everywhere; `local_layer` looks no further than a window, which makes
it a convolution; `centered_convolution` gives it channels.
"""

import numpy as np

from reference.arguments import exact_rank, same_rank


def fully_connected_layer(
    x: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    """Connect every hidden pixel to every pixel of an image.

        h[i] = bias[i] + Σ_k  weight[i, k] · x[k]

    Shapes: on each axis of x (i and k have one part for each; two for an image)
        x, bias, result   size
        weight            size of i, then size of k

    Raises:
        ValueError: the shapes of x, weight and bias do not fit each other.

    Source: Zhang et al., "Dive into Deep Learning", eq. 7.1.1, first line.
    """
    _exact_shape("bias", bias, x.shape)
    _exact_shape("weight", weight, x.shape + x.shape)
    h = np.zeros(x.shape, x.dtype)
    h += bias
    for i in np.ndindex(x.shape):
        for k in np.ndindex(x.shape):
            h[i] += weight[i + k] * x[k]
    return h


def recentered_weight(weight: np.ndarray) -> np.ndarray:
    """Re-index a fully connected layer's weight by offset instead of by position.

        v[i, a] = weight[i, i + a]    for every i and i + a inside the image, else 0

    Shapes: on each axis of the image
        weight  size of i, then size of i + a
        result  size of i, then 2 · size − 1; offset a is at index a + size − 1

    Raises:
        ValueError: the two halves of weight's shape differ.

    Source: Zhang et al., "Dive into Deep Learning", section 7.1.2.
    """
    size = weight.shape[: weight.ndim // 2]
    _exact_shape("weight", weight, size + size)
    v = np.zeros(size + _all_offsets(size), weight.dtype)
    for i in np.ndindex(size):
        for k in np.ndindex(size):
            v[i + _offset_index(i, k, size)] = weight[i + k]
    return v


def recentered_layer(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Connect every hidden pixel to every pixel of an image, by offset.

        h[i] = bias[i] + Σ_a  weight[i, a] · x[i + a]
        over all offsets a, positive and negative, with i + a inside the image

    Shapes: on each axis of x
        x, bias, result   size
        weight            size of i, then 2 · size − 1; offset a is at a + size − 1

    Raises:
        ValueError: the shapes of x, weight and bias do not fit each other.

    Source: Zhang et al., "Dive into Deep Learning", eq. 7.1.1, second line.
    """
    _exact_shape("bias", bias, x.shape)
    _exact_shape("weight", weight, x.shape + _all_offsets(x.shape))
    h = np.zeros(x.shape, x.dtype)
    h += bias
    for i in np.ndindex(x.shape):
        for k in np.ndindex(x.shape):
            h[i] += weight[i + _offset_index(i, k, x.shape)] * x[k]
    return h


def translation_invariant_layer(
    x: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    """Weigh what lies at an offset the same from everywhere.

        h[i] = bias + Σ_a  weight[a] · x[i + a]
        over all offsets a, positive and negative, with i + a inside the image

    Shapes: on each axis of x
        x, result   size
        weight      2 · size − 1; offset a is at index a + size − 1
        bias        (1), one number for the whole image

    Raises:
        ValueError: the shapes of x, weight and bias do not fit each other.

    Source: Zhang et al., "Dive into Deep Learning", eq. 7.1.2. A layer that commutes
        with translations is properly called equivariant.
    """
    _exact_shape("bias", bias, (1,))
    _exact_shape("weight", weight, _all_offsets(x.shape))
    h = np.zeros(x.shape, x.dtype)
    h += bias[0]
    for i in np.ndindex(x.shape):
        for k in np.ndindex(x.shape):
            h[i] += weight[_offset_index(i, k, x.shape)] * x[k]
    return h


def local_layer(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Weigh only what lies near, the same from everywhere: a convolutional layer.

        h[i] = bias + Σ_a  weight[a + Δ] · x[i + a],  a from −Δ to Δ
        x is zero outside its borders.

    Shapes: on each axis of x
        x, result   size
        weight      2 · Δ + 1, an odd number, larger than x or not
        bias        (1), one number for the whole image

    Raises:
        ValueError: x and weight have different numbers of axes, a side of weight is
            even, or bias is not one number.

    Source: Zhang et al., "Dive into Deep Learning", eq. 7.1.3, with one Δ per axis.
    """
    same_rank(x, weight, "x and weight")
    _exact_shape("bias", bias, (1,))
    reach = _half_widths(weight.shape)
    h = np.zeros(x.shape, x.dtype)
    h += bias[0]
    for i in np.ndindex(x.shape):
        for tap in np.ndindex(weight.shape):
            pixel = tuple(at + p - r for at, p, r in zip(i, tap, reach))
            if all(0 <= at < n for at, n in zip(pixel, x.shape)):
                h[i] += weight[tap] * x[pixel]
    return h


def centered_convolution(x: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Weigh what lies near, in all channels: a convolutional layer, channels last.

        h[i, j, d] = Σ_a Σ_b Σ_c  weight[a + Δ, b + Δ', c, d] · x[i + a, j + b, c]
        a from −Δ to Δ and b from −Δ' to Δ'; x is zero outside its borders.

    Shapes:
        x       (height, width, in_channels)
        weight  (2 · Δ + 1, 2 · Δ' + 1, in_channels, out_channels)
        result  (height, width, out_channels)

    Raises:
        ValueError: x has not three axes or weight not four, their channels differ, or
            a side of weight is even.

    Source: Zhang et al., "Dive into Deep Learning", eq. 7.1.7, with one Δ per axis.
    """
    exact_rank("x", x, "height width channels")
    exact_rank("weight", weight, "height width in_channels out_channels")
    *size, channels = x.shape
    if weight.shape[2] != channels:
        raise ValueError(
            f"x has {channels} channels, weight takes {weight.shape[2]}; "
            "they must be as many"
        )
    reach = _half_widths(weight.shape[:2])
    h = np.zeros((*size, weight.shape[3]), x.dtype)
    for i, j, d in np.ndindex(h.shape):
        for p, q, c in np.ndindex(weight.shape[:3]):
            row, col = i + p - reach[0], j + q - reach[1]
            if 0 <= row < size[0] and 0 <= col < size[1]:
                h[i, j, d] += weight[p, q, c, d] * x[row, col, c]
    return h


def _all_offsets(size: tuple[int, ...]) -> tuple[int, ...]:
    """Count the offsets between two places of an image, on each axis."""
    return tuple(2 * n - 1 for n in size)


def _offset_index(
    i: tuple[int, ...], k: tuple[int, ...], size: tuple[int, ...]
) -> tuple[int, ...]:
    """Find where the offset from i to k is stored: k − i + size − 1, on each axis."""
    return tuple(b - a + n - 1 for a, b, n in zip(i, k, size))


def _half_widths(kernel_size: tuple[int, ...]) -> tuple[int, ...]:
    """Give Δ of windows of 2 · Δ + 1.

    Raises:
        ValueError: a window has an even side, and so no centre.
    """
    if any(k % 2 == 0 for k in kernel_size):
        raise ValueError(f"weight is a window of {kernel_size}; each side must be odd")
    return tuple(k // 2 for k in kernel_size)


def _exact_shape(name: str, array: np.ndarray, shape: tuple[int, ...]) -> None:
    """Check that an array has a shape.

    Raises:
        ValueError: it has another.
    """
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}; it must be {shape}")
