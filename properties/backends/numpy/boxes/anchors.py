"""Anchor boxes in NumPy, under the names of reference/anchors.py."""

import numpy as np


def anchor_centers(data: np.ndarray) -> np.ndarray:
    height, width = data.shape[-2:]
    y, x = np.mgrid[:height, :width]
    return np.stack([x, y], -1).reshape(-1, 2).astype(data.dtype) + data.dtype.type(0.5)


def anchor_size(
    sizes: np.ndarray,
    ratios: np.ndarray,
    *,
    image_size: tuple[int, int],
    convention: str,
) -> np.ndarray:
    height, width = image_size
    unit = height if convention == "height" else width
    share = np.sqrt(sizes) if convention == "area" else sizes
    root = np.sqrt(ratios)
    return np.stack([unit * share * root, height * share / root], -1)


def anchor_combinations(sizes: np.ndarray, ratios: np.ndarray) -> np.ndarray:
    first = np.stack(np.broadcast_arrays(sizes, ratios[0]), -1)
    further = np.stack(np.broadcast_arrays(sizes[0], ratios[1:]), -1)
    return np.concatenate([first, further])


def multibox_prior(
    data: np.ndarray, sizes: np.ndarray, ratios: np.ndarray
) -> np.ndarray:
    height, width = data.shape[-2:]
    shape = np.array([width, height], sizes.dtype)
    size, ratio = anchor_combinations(sizes, ratios).T
    sides = np.stack([size * np.sqrt(ratio), size / np.sqrt(ratio)], -1) * shape[1]
    middles = anchor_centers(np.empty((height, width), sizes.dtype))[:, None]
    corners = [(middles - sides / 2) / shape, (middles + sides / 2) / shape]
    return np.concatenate(corners, -1).reshape(1, -1, 4)
