"""Fractional max pooling on NumPy, by gathering the windows."""

from collections.abc import Sequence

import numpy as np


def fractional_max_pool(
    input: np.ndarray,
    samples: np.ndarray,
    *,
    kernel_size: Sequence[int],
    output_size: Sequence[int] | None,
    output_ratio: float | Sequence[float] | None,
    return_indices: bool,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    axes = len(kernel_size)
    lead, size = input.shape[:-axes], input.shape[-axes:]
    if output_size is None:
        ratios = np.broadcast_to(output_ratio, axes)
        output_size = [int(n * float(ratio)) for n, ratio in zip(size, ratios)]
    samples = samples.reshape(*lead, axes)
    flat = np.zeros((*lead, *[1] * 2 * axes), int)
    for axis, (n, k, count) in enumerate(zip(size, kernel_size, output_size)):
        pixels = _starts(samples[..., axis], n - k, count)[..., None] + np.arange(k)
        shape = [1] * 2 * axes
        shape[axis], shape[axes + axis] = count, k
        flat = flat * n + pixels.reshape(*lead, *shape)
    flat = flat.reshape(*lead, np.prod(output_size), np.prod(kernel_size))
    image = input.reshape(*lead, 1, np.prod(size))
    seen = np.take_along_axis(image, flat, -1)
    best = seen.argmax(-1)[..., None]
    y, indices = (np.take_along_axis(a, best, -1) for a in (seen, flat))
    shape = (*lead, *output_size)
    y, indices = y.reshape(shape), indices.reshape(shape)
    return (y, indices) if return_indices else y


fractional_max_pool2d = fractional_max_pool3d = fractional_max_pool


def _starts(samples: np.ndarray, last: int, count: int) -> np.ndarray:
    alpha = samples.dtype.type(last) / samples.dtype.type(max(count - 1, 1))
    i = np.arange(count, dtype=samples.dtype)
    at = np.floor((samples[..., None] + i) * alpha)
    starts = (at - np.floor(samples[..., None] * alpha)).astype(int)
    starts[..., -1] = last
    return starts
