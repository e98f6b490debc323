"""Somebody's augmentation, right: test_planted_faults.py breaks it."""

import numpy as np


def resize(input, *, size):
    height, width = input.shape[-2:]
    out_height, out_width = size
    rows = places(height, out_height)
    cols = places(width, out_width)
    top, left = np.floor(rows).astype(int), np.floor(cols).astype(int)
    low, right = np.minimum(top + 1, height - 1), np.minimum(left + 1, width - 1)
    down = (rows - top)[:, None].astype(input.dtype)
    across = (cols - left).astype(input.dtype)
    above = input[..., top, :]
    below = input[..., low, :]
    mixed = above * (1 - down) + below * down
    return mixed[..., left] * (1 - across) + mixed[..., right] * across


def places(size, count):
    at = (np.arange(count) + 0.5) * size / count - 0.5
    return np.clip(at, 0, size - 1)


def gray_of(input):
    weights = np.array([0.2989, 0.587, 0.114], input.dtype)
    return (input * weights[:, None, None]).sum(-3, keepdims=True)


def adjust_contrast(input, *, contrast_factor):
    gray = gray_of(input)
    mean = gray.mean((-3, -2, -1), keepdims=True)
    blend = contrast_factor * input + (1 - contrast_factor) * mean
    return np.clip(blend, 0, 1)


def adjust_hue(input, *, hue_factor):
    red, green, blue = np.moveaxis(input, -3, 0)
    value = input.max(-3)
    spread = value - input.min(-3)
    divisor = np.where(spread == 0, 1, spread)
    hue = np.where(
        red == value,
        (green - blue) / divisor,
        np.where(
            green == value, 2 + (blue - red) / divisor, 4 + (red - green) / divisor
        ),
    )
    hue = (hue / 6 + hue_factor) % 1
    sector = np.floor(hue * 6)
    rest = hue * 6 - sector
    least = value - spread
    falling = value - spread * rest
    rising = value - spread * (1 - rest)
    sector = sector % 6
    colors = {
        0: (value, rising, least),
        1: (falling, value, least),
        2: (least, value, rising),
        3: (least, falling, value),
        4: (rising, least, value),
        5: (value, least, falling),
    }
    result = np.zeros_like(input)
    for k, color in colors.items():
        here = (sector == k)[..., None, :, :]
        result = np.where(here, np.stack(color, -3), result)
    return result
