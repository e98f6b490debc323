"""Adaptive pooling on NumPy, by which pixels are in which bins."""

from collections.abc import Sequence

import numpy as np


def adaptive_avg_pool(
    input: np.ndarray, *, output_size: Sequence[int | None]
) -> np.ndarray:
    y = input
    for axis, bins in enumerate(output_size, input.ndim - len(output_size)):
        belongs = _membership(y.shape[axis], bins)
        shares = np.tensordot(y, belongs.astype(y.dtype), (axis, 1))
        y = np.moveaxis(shares, -1, axis)
    counts = np.ones((), input.dtype)
    for size, bins in zip(input.shape[-len(output_size) :], output_size):
        counts = np.multiply.outer(counts, _membership(size, bins).sum(1))
    return (y / counts).astype(input.dtype)


def adaptive_max_pool(
    input: np.ndarray,
    *,
    output_size: Sequence[int | None],
    return_indices: bool,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    axes = len(output_size)
    size = input.shape[-axes:]
    places = [_pixels(n, bins) for n, bins in zip(size, output_size)]
    grid = np.meshgrid(*[np.arange(p.size) for p in places], indexing="ij")
    flat = np.ravel_multi_index([p.ravel()[at] for p, at in zip(places, grid)], size)
    flat = flat.reshape([n for p in places for n in p.shape])
    flat = flat.transpose(*range(0, 2 * axes, 2), *range(1, 2 * axes, 2))
    flat = flat.reshape(*flat.shape[:axes], -1)
    seen = input.reshape(*input.shape[:-axes], np.prod(size))[..., flat]
    best = seen.argmax(-1)[..., None]
    y = np.take_along_axis(seen, best, -1)[..., 0]
    indices = np.take_along_axis(np.broadcast_to(flat, seen.shape), best, -1)[..., 0]
    return (y, indices) if return_indices else y


adaptive_avg_pool1d = adaptive_avg_pool2d = adaptive_avg_pool3d = adaptive_avg_pool
adaptive_max_pool1d = adaptive_max_pool2d = adaptive_max_pool3d = adaptive_max_pool


def _limits(size: int, bins: int | None) -> tuple[np.ndarray, np.ndarray]:
    bins = size if bins is None else bins
    i = np.arange(bins)
    return i * size // bins, -(-(i + 1) * size // bins)


def _membership(size: int, bins: int | None) -> np.ndarray:
    """Whether a pixel is in a bin: (bins, pixels)."""
    starts, ends = _limits(size, bins)
    pixels = np.arange(size)
    return (pixels >= starts[:, None]) & (pixels < ends[:, None])


def _pixels(size: int, bins: int | None) -> np.ndarray:
    """Each bin's pixels, the last of them more than once where bins are smaller."""
    starts, ends = _limits(size, bins)
    offsets = np.arange((ends - starts).max())
    return np.minimum(starts[:, None] + offsets, ends[:, None] - 1)
