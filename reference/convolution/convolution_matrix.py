"""Convolutions as matrix products: the kernel unrolled, or the image (im2col)."""

import math
from collections.abc import Sequence

import numpy as np

from reference.arguments import check_channels, exact_rank, per_axis
from reference.windows import place_counts, window, window_options


def convolution_matrix(
    kernel: np.ndarray,
    *,
    input_size: Sequence[int],
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
) -> np.ndarray:
    """Unroll a kernel into the matrix that convolves: one row per place it stops at.

        C[i, pixel] = kernel[p]    where pixel = i · stride + p · dilation − padding,
        else 0; i and pixel are counted row by row, so that flat y = C · flat x.

    Shapes: on any number of axes
        kernel  kernel_size
        result  (Π out_size, Π input_size), out_size as `output_size` says

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: a kernel that outgrows the padded image, or an option with
            another number of axes or below its least value.

    Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning"
        (arXiv:1603.07285), section 4.1.
    """
    size = per_axis("input_size", input_size, kernel.ndim, least=1)
    options = window_options(kernel.ndim, stride, padding, dilation)
    places = place_counts(size, kernel.shape, **options)
    matrix = np.zeros((*places, *size), kernel.dtype)
    for place in np.ndindex(*places):
        for tap, pixel in window(place, kernel.shape, size, **options):
            matrix[place + pixel] = kernel[tap]
    return matrix.reshape(np.prod(places, dtype=int), np.prod(size, dtype=int))


def im2col(
    input: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
) -> np.ndarray:
    """Unroll an image: each row holds what a kernel sees from one place.

        columns[i, (c, p)] = input[c, i · stride + p · dilation − padding]
        i, and c and p together, are counted row by row; zero outside the borders.

    Shapes: on any number of axes
        input   (channels, *size), one image
        result  (Π out_size, channels · Π kernel_size), out_size as `output_size` says

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: a kernel that outgrows the padded image, or an option with
            another number of axes or below its least value.

    Source: Chellapilla, Puri and Simard, "High Performance Convolutional Neural
        Networks for Document Processing" (2006), its unrolled convolution.
    """
    channels, *size = input.shape
    kernel_size = per_axis("kernel_size", kernel_size, len(size), least=1)
    options = window_options(len(size), stride, padding, dilation)
    places = place_counts(size, kernel_size, **options)
    columns = np.zeros((*places, channels, *kernel_size), input.dtype)
    for place in np.ndindex(*places):
        for tap, pixel in window(place, kernel_size, size, **options):
            for c in range(channels):
                columns[*place, c, *tap] = input[c, *pixel]
    return columns.reshape(np.prod(places, dtype=int), -1)


def unfold(
    input: np.ndarray,
    *,
    kernel_size: int | Sequence[int],
    dilation: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    stride: int | Sequence[int] = 1,
) -> np.ndarray:
    """Unroll images: each column holds what a kernel sees from one place.

        result[n] = im2col(input[n]) transposed

    Shapes:
        input   (batch, channels, height, width)
        result  (batch, channels · Π kernel_size, Π out_size)

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: input has not four axes, and as `im2col`.

    Source: PyTorch's documentation of torch.nn.Unfold.
    """
    exact_rank("input", input, "batch channels height width")
    kernel_size = per_axis("kernel_size", kernel_size, 2, least=1)
    options = window_options(2, stride, padding, dilation)
    places = place_counts(input.shape[2:], kernel_size, **options)
    size = len(input), input.shape[1] * math.prod(kernel_size), math.prod(places)
    y = np.zeros(size, input.dtype)
    for n, image in enumerate(input):
        y[n] = im2col(image, kernel_size=kernel_size, **options).T
    return y


def fold(
    input: np.ndarray,
    *,
    output_size: int | Sequence[int],
    kernel_size: int | Sequence[int],
    dilation: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    stride: int | Sequence[int] = 1,
) -> np.ndarray:
    """Add columns back into images, each number onto the pixel it was taken from.

        y[n, c, pixel] = Σ input[n, (c, p), i]
        over all i and p with i · stride + p · dilation − padding = pixel

    Shapes:
        input   (batch, channels · Π kernel_size, Π places), places as many as
                `unfold` makes of images of output_size
        result  (batch, channels, *output_size)

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: input has not three axes, or shapes that do not fit each other.

    Source: PyTorch's documentation of torch.nn.Fold.
    """
    exact_rank("input", input, "batch columns places")
    size = per_axis("output_size", output_size, 2, least=1)
    kernel_size = per_axis("kernel_size", kernel_size, 2, least=1)
    options = window_options(2, stride, padding, dilation)
    places, taps = place_counts(size, kernel_size, **options), np.prod(kernel_size)
    batch, rows, columns = input.shape
    if rows % taps or columns != np.prod(places):
        raise ValueError(
            f"input has {rows} x {columns} numbers for each image; they must be a "
            f"multiple of {taps} taps x {np.prod(places)} places"
        )
    blocks = input.reshape(batch, rows // taps, *kernel_size, *places)
    y = np.zeros((batch, rows // taps, *size), input.dtype)
    for place in np.ndindex(*places):
        for tap, pixel in window(place, kernel_size, size, **options):
            for n, c in np.ndindex(y.shape[:2]):
                y[n, c, *pixel] += blocks[n, c, *tap, *place]
    return y


def conv2d_im2col(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    *,
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
) -> np.ndarray:
    """Convolve by a matrix product: unrolled images times unrolled filters.

        flat y[n] = im2col(input[n]) · W + bias,    W[(c, p), o] = weight[o, c, p]

    Shapes:
        input   (batch, in_channels, height, width)
        weight  (out_channels, in_channels, kernel_height, kernel_width)
        bias    (out_channels), or None for zeros
        result  (batch, out_channels, out_height, out_width)

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: shapes that do not fit each other, and as `im2col`.

    Source: Chellapilla, Puri and Simard, "High Performance Convolutional Neural
        Networks for Document Processing" (2006), its unrolled convolution.
    """
    exact_rank("input", input, "batch channels height width")
    exact_rank("weight", weight, "filters channels height width")
    filters, channels, *kernel_size = weight.shape
    check_channels(input.shape[1], channels, filters, groups=1)
    if bias is not None and bias.shape != (filters,):
        raise ValueError(f"bias has shape {bias.shape}; it must be ({filters},)")
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    unrolled = weight.reshape(filters, -1).T
    y = [im2col(x, kernel_size=kernel_size, **options) @ unrolled for x in input]
    if bias is not None:
        y = [image + bias for image in y]
    options = window_options(2, **options)
    places = place_counts(input.shape[2:], kernel_size, **options)
    return np.stack(y).transpose(0, 2, 1).reshape(len(input), filters, *places)


def pixel_use_counts(
    *,
    size: Sequence[int],
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 1,
    padding: int | Sequence[int] = 0,
    dilation: int | Sequence[int] = 1,
) -> np.ndarray:
    """Count how many products of a convolution each pixel of an image enters.

        count[pixel] = how many i and p have i · stride + p · dilation − padding = pixel

    Shapes: on any number of axes
        result  size, whole numbers

    Units: stride, padding and dilation count pixels, one number or one per axis.

    Raises:
        ValueError: as `im2col`.

    Source: this is `fold` of ones.
    """
    kernel_size = per_axis("kernel_size", kernel_size, len(size), least=1)
    options = window_options(len(size), stride, padding, dilation)
    count = np.zeros(size, int)
    for place in np.ndindex(*place_counts(size, kernel_size, **options)):
        for _, pixel in window(place, kernel_size, size, **options):
            count[pixel] += 1
    return count
