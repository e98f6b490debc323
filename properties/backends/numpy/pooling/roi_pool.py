"""Pooling of regions of interest, vectorized on NumPy."""

from collections.abc import Sequence

import numpy as np


def roi_pool(
    input: np.ndarray,
    boxes: np.ndarray,
    *,
    output_size: Sequence[int],
    spatial_scale: float,
) -> np.ndarray:
    left, top, right, bottom = _rounded(
        boxes[:, 1:] * boxes.dtype.type(spatial_scale)
    ).T
    rows = _bins(top, bottom, output_size[0], input.shape[2])
    cols = _bins(left, right, output_size[1], input.shape[3])
    inside = rows[:, None, :, None, :, None] & cols[:, None, None, :, None, :]
    images = input[boxes[:, 0].astype(int)][:, :, None, None]
    greatest = np.where(inside, images, -np.inf).max((-2, -1))
    return np.where(inside.any((-2, -1)), greatest, 0).astype(input.dtype)


def roi_align(
    input: np.ndarray,
    boxes: np.ndarray,
    *,
    output_size: Sequence[int],
    spatial_scale: float,
    sampling_ratio: int,
    aligned: bool,
) -> np.ndarray:
    left, top, right, bottom = (boxes[:, 1:] * boxes.dtype.type(spatial_scale)).T
    options = sampling_ratio, aligned
    rows = _weights(top, bottom, output_size[0], input.shape[2], *options)
    cols = _weights(left, right, output_size[1], input.shape[3], *options)
    images = input[boxes[:, 0].astype(int)]
    return np.einsum("kir,kjs,kcrs->kcij", rows, cols, images)


def _rounded(edges: np.ndarray) -> np.ndarray:
    fraction, whole = np.modf(abs(edges))
    return (np.sign(edges) * (whole + (fraction >= 0.5))).astype(int)


def _bins(first: np.ndarray, last: np.ndarray, count: int, size: int) -> np.ndarray:
    """Which pixels are in which bins of which box: (boxes, bins, pixels)."""
    reach = np.maximum(last - first + 1, 1)[:, None]
    i = np.arange(count)
    start = first[:, None] + i * reach // count
    end = first[:, None] - (-(i + 1) * reach // count)
    pixels = np.arange(size)
    return (pixels >= start[..., None]) & (pixels < end[..., None])


def _weights(
    first: np.ndarray,
    last: np.ndarray,
    count: int,
    size: int,
    sampling_ratio: int,
    aligned: bool,
) -> np.ndarray:
    """What a bin's mean weighs each pixel with: (boxes, bins, pixels)."""
    half = first.dtype.type(0.5)
    reach = last - first if aligned else np.maximum(last - first, 1)
    first = first - half * aligned
    step = (reach / first.dtype.type(count))[:, None, None]
    samples = np.maximum(np.ceil(step), 1)
    if sampling_ratio > 0:
        samples = np.full_like(step, sampling_ratio)
    i = np.arange(count, dtype=first.dtype)[:, None]
    p = np.arange(samples.max(initial=1), dtype=first.dtype)
    at = first[:, None, None] + (i + (p + half) / samples) * step
    is_sample = (p < samples) & (at >= -1) & (at <= size)
    pixels = np.arange(size, dtype=first.dtype)
    near = 1 - abs(np.clip(at, 0, size - 1)[..., None] - pixels)
    return (np.maximum(near, 0) * is_sample[..., None]).sum(2) / samples
