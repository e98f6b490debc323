"""Somebody's augmentation, right: test_planted_faults.py breaks it."""

import numpy as np


def crop(input, *, top, left, height, width):
    return input[..., top : top + height, left : left + width].copy()


def weights(size, count):
    at = np.clip((np.arange(count) + 0.5) * (size / count) - 0.5, 0, size - 1)
    return np.maximum(1 - abs(at[:, None] - np.arange(size)), 0)


def resize(input, *, size):
    height, width = input.shape[-2:]
    rows = weights(height, size[0]).astype(input.dtype)
    cols = weights(width, size[1]).astype(input.dtype)
    return rows @ input @ cols.T


def adjust_contrast(input, *, contrast_factor):
    weight = np.array([0.2989, 0.587, 0.114]).astype(input.dtype)
    gray = (input * weight[:, None, None]).sum(-3, keepdims=True)
    mean = gray.mean((-2, -1), keepdims=True)
    return np.clip(contrast_factor * input + (1 - contrast_factor) * mean, 0, 1)


def adjust_hue(input, *, hue_factor):
    value, least = input.max(-3), input.min(-3)
    spread = value - least
    d = np.where(spread == 0, 1, spread)
    red, green, blue = np.moveaxis(input, -3, 0)
    hue = np.where(
        red == value,
        (green - blue) / d,
        np.where(green == value, 2 + (blue - red) / d, 4 + (red - green) / d),
    )
    turns = hue / 6 + hue_factor
    share = spread / np.where(value == 0, 1, value)
    parts = []
    for shift in (5, 3, 1):
        k = (6 * turns + shift) % 6
        dip = np.maximum(0, np.minimum(np.minimum(k, 4 - k), 1))
        parts.append(value - value * share * dip)
    return np.stack(parts, -3).astype(input.dtype)


def add_noise(waveform, noise, *, snr):
    signal = (waveform**2).sum(-1, keepdims=True)
    other = (noise**2).sum(-1, keepdims=True)
    gain = np.sqrt(signal / other) * 10 ** (-snr / 20)
    return (waveform + gain * noise).astype(waveform.dtype)


def crop_boxes(boxes, *, top, left, height, width):
    moved = boxes - np.array([left, top, left, top], boxes.dtype)
    most = np.array([width, height, width, height], boxes.dtype)
    return np.clip(moved, 0, most)
