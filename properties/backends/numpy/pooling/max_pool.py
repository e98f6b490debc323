"""Max pooling on NumPy's sliding windows."""

from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool(
    input: np.ndarray,
    *,
    kernel_size: Sequence[int],
    stride: Sequence[int] | None,
    padding: Sequence[int],
    dilation: Sequence[int],
    ceil_mode: bool,
    return_indices: bool,
) -> np.ndarray | tuple[np.ndarray, np.ndarray]:
    options = kernel_size, stride or kernel_size, padding, dilation, ceil_mode
    seen = _windows(input, *options, -np.inf)
    best = seen.argmax(-1)[..., None]
    y = np.take_along_axis(seen, best, -1)[..., 0]
    if not return_indices:
        return y
    size = input.shape[-len(kernel_size) :]
    places = np.broadcast_to(np.arange(np.prod(size)).reshape(size), input.shape)
    found = _windows(places, *options, -1)
    is_hidden = np.where(found < 0, -np.inf, seen)
    best = np.where(found.max(-1) < 0, 0, _first(found, is_hidden))[..., None]
    return y, np.take_along_axis(found, best, -1)[..., 0]


max_pool1d = max_pool2d = max_pool3d = max_pool


def _first(places: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Where the first of the greatest numbers is that is not in the padding."""
    greatest = seen == seen.max(-1, keepdims=True)
    return (greatest & (places >= 0)).argmax(-1)


def _windows(
    input: np.ndarray,
    kernel_size: Sequence[int],
    stride: Sequence[int],
    padding: Sequence[int],
    dilation: Sequence[int],
    ceil_mode: bool,
    fill: float,
) -> np.ndarray:
    """View what each window sees, as the last axis of an array."""
    axes = len(kernel_size)
    reach = [d * (k - 1) + 1 for k, d in zip(kernel_size, dilation)]
    sides, counts = [(0, 0)] * (input.ndim - axes), []
    for n, r, s, p in zip(input.shape[-axes:], reach, stride, padding):
        room = n + 2 * p - r
        count = (-(-room // s) if ceil_mode else room // s) + 1
        count -= (count - 1) * s >= n + p
        counts.append(count)
        sides.append((p, max(0, (count - 1) * s + r - n - p)))
    padded = np.pad(input, sides, constant_values=fill)
    spatial = tuple(range(input.ndim - axes, input.ndim))
    seen = sliding_window_view(padded, reach, spatial)
    stops = [slice(0, (c - 1) * s + 1, s) for c, s in zip(counts, stride)]
    seen = seen[..., *stops, *[slice(None, None, d) for d in dilation]]
    return seen.reshape(*seen.shape[:-axes], np.prod(kernel_size))
