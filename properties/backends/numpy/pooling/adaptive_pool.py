"""Adaptive pooling on NumPy, by gathering the bins."""

from collections.abc import Sequence

import numpy as np


def adaptive_avg_pool(
    input: np.ndarray, *, output_size: Sequence[int | None]
) -> np.ndarray:
    seen, _, is_pixel = _gathered(input, output_size)
    return seen.mean(-1, where=is_pixel)


def adaptive_max_pool(
    input: np.ndarray,
    *,
    output_size: Sequence[int | None],
    return_indices: bool,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    seen, places, _ = _gathered(input, output_size)
    best = seen.argmax(-1)[..., None]
    y = np.take_along_axis(seen, best, -1)[..., 0]
    places = np.broadcast_to(places, seen.shape)
    indices = np.take_along_axis(places, best, -1)[..., 0]
    return (y, indices) if return_indices else y


adaptive_avg_pool1d = adaptive_avg_pool2d = adaptive_avg_pool3d = adaptive_avg_pool
adaptive_max_pool1d = adaptive_max_pool2d = adaptive_max_pool3d = adaptive_max_pool


def _gathered(
    input: np.ndarray, output_size: Sequence[int | None]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gather each bin on the last axis: numbers, places, and which are not repeated."""
    axes = len(output_size)
    size = input.shape[-axes:]
    flat, is_pixel = np.zeros([1] * 2 * axes, int), np.ones([1] * 2 * axes, bool)
    for axis, (n, bins) in enumerate(zip(size, output_size)):
        i = np.arange(n if bins is None else bins)[:, None]
        start, end = i * n // len(i), -(-(i + 1) * n // len(i))
        pixels = start + np.arange((end - start).max())
        shape = [1] * 2 * axes
        shape[axis], shape[axes + axis] = pixels.shape
        flat = flat * n + np.minimum(pixels, end - 1).reshape(shape)
        is_pixel = is_pixel & (pixels < end).reshape(shape)
    kept = (*flat.shape[:axes], -1)
    images = input.reshape(*input.shape[:-axes], np.prod(size))
    return images[..., flat.reshape(kept)], flat.reshape(kept), is_pixel.reshape(kept)
