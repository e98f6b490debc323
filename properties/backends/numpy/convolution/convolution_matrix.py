"""Convolutions as matrix products, vectorized."""

import numpy as np

from properties.backends.numpy.convolution.separable_convolution import _sliding_windows


def convolution_matrix(
    kernel: np.ndarray, *, input_size: tuple[int, ...], **options: tuple[int, ...]
) -> np.ndarray:
    pixels = _numbered_pixels(input_size, kernel.shape, **options)
    matrix = np.zeros((len(pixels), 1 + np.prod(input_size)), kernel.dtype)
    np.put_along_axis(matrix, pixels, kernel.reshape(1, -1), axis=1)
    return matrix[:, 1:]


def im2col(
    input: np.ndarray, *, kernel_size: tuple[int, ...], **options: tuple[int, ...]
) -> np.ndarray:
    axes = len(kernel_size)
    windows = _sliding_windows(input, kernel_size, **options)
    windows = np.moveaxis(windows, 0, axes)
    return windows.reshape(np.prod(windows.shape[:axes]), -1)


def unfold(
    input: np.ndarray, *, kernel_size: tuple[int, int], **options: tuple[int, int]
) -> np.ndarray:
    windows = _sliding_windows(input, kernel_size, **options)
    columns = windows.transpose(0, 1, 4, 5, 2, 3)
    batch, channels, height, width = columns.shape[:4]
    return columns.reshape(batch, channels * height * width, -1)


def fold(
    input: np.ndarray,
    *,
    output_size: tuple[int, int],
    kernel_size: tuple[int, int],
    **options: tuple[int, int],
) -> np.ndarray:
    pixels = _numbered_pixels(output_size, kernel_size, **options)
    blocks = input.reshape(len(input), -1, np.prod(kernel_size), len(pixels))
    y = np.zeros((*blocks.shape[:2], 1 + np.prod(output_size)), input.dtype)
    np.add.at(y, (..., pixels.T), blocks)
    return y[..., 1:].reshape(*blocks.shape[:2], *output_size)


def conv2d_im2col(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    **options: tuple[int, int],
) -> np.ndarray:
    windows = _sliding_windows(input, weight.shape[2:], **options)
    places = windows.shape[2:4]
    rows = windows.transpose(0, 2, 3, 1, 4, 5).reshape(len(input), np.prod(places), -1)
    y = (rows @ weight.reshape(len(weight), -1).T).swapaxes(1, 2)
    y = y.reshape(len(input), len(weight), *places)
    return y if bias is None else y + bias[:, None, None]


def pixel_use_counts(
    *,
    size: tuple[int, ...],
    kernel_size: tuple[int, ...],
    **options: tuple[int, ...],
) -> np.ndarray:
    pixels = _numbered_pixels(size, kernel_size, **options)
    return np.bincount(pixels.ravel(), minlength=1 + np.prod(size))[1:].reshape(size)


def _numbered_pixels(
    size: tuple[int, ...], kernel_size: tuple[int, ...], **options: tuple[int, ...]
) -> np.ndarray:
    """Number the pixels that a kernel sees, a row per place; 0 is the padding."""
    numbers = np.arange(1, 1 + np.prod(size)).reshape(size)
    seen = _sliding_windows(numbers, kernel_size, **options)
    return seen.reshape(-1, np.prod(kernel_size))
