"""Somebody's one-file pooling, right: test_planted_faults.py breaks it."""

import numpy as np


def windows(x, kernel, stride, padding, dilation, ceil_mode, fill):
    stride = stride or kernel
    sides, stops = [(0, 0)] * (x.ndim - 2), []
    for n, k, s, p, d in zip(x.shape[-2:], kernel, stride, padding, dilation):
        room = n + 2 * p - d * (k - 1) - 1
        places = (-(-room // s) if ceil_mode else room // s) + 1
        if (places - 1) * s >= n + p:
            places -= 1
        stops.append(places)
        sides.append((p, p + s))
    padded = np.pad(x, sides, constant_values=fill)
    for p in range(kernel[0]):
        for q in range(kernel[1]):
            rows = p * dilation[0] + stride[0] * np.arange(stops[0])
            columns = q * dilation[1] + stride[1] * np.arange(stops[1])
            yield padded[..., rows[:, None], columns]


def max_pool2d(
    input, *, kernel_size, stride, padding, dilation, ceil_mode, return_indices
):
    options = kernel_size, stride, padding, dilation, ceil_mode
    h, w = input.shape[-2:]
    numbers = np.arange(h * w).reshape(1, h, w)
    y, best = None, None
    places = windows(numbers, *options, -1)
    for seen, at in zip(windows(input, *options, -np.inf), places):
        if y is None:
            y, best = seen.copy(), np.broadcast_to(at[0], seen.shape).copy()
            continue
        wins = (seen > y) | np.isnan(seen) | ((best < 0) & (at[0] >= 0))
        y, best = np.where(wins, seen, y), np.where(wins, at[0], best)
    return (y, best) if return_indices else y


def avg_pool2d(
    input,
    *,
    kernel_size,
    stride,
    padding,
    ceil_mode,
    count_include_pad,
    divisor_override,
):
    options = kernel_size, stride, padding, (1, 1), ceil_mode
    total = sum(windows(input, *options, 0))
    h, w = input.shape[-2:]
    ph, pw = padding
    ones = np.pad(np.ones((1, h, w)), [(0, 0), (ph, ph), (pw, pw)])
    if count_include_pad:
        ones[:] = 1
    options = kernel_size, stride or kernel_size, (0, 0), (1, 1), True
    count = sum(windows(ones, *options, 0))[0, : total.shape[-2], : total.shape[-1]]
    if divisor_override is not None:
        count = divisor_override
    return (total / count).astype(input.dtype)


def adaptive_avg_pool2d(input, *, output_size):
    h, w = input.shape[-2:]
    rows, columns = (n if o is None else o for o, n in zip(output_size, (h, w)))
    y = np.zeros((*input.shape[:-2], rows, columns), input.dtype)
    for i in range(rows):
        for j in range(columns):
            top, bottom = i * h // rows, -(-(i + 1) * h // rows)
            left, right = j * w // columns, -(-(j + 1) * w // columns)
            y[..., i, j] = input[..., top:bottom, left:right].mean((-2, -1))
    return y


def roi_pool(input, boxes, *, output_size, spatial_scale):
    y = np.zeros((len(boxes), input.shape[1], *output_size), input.dtype)
    for k, (n, *corners) in enumerate(boxes):
        scaled = np.array(corners) * spatial_scale
        x1, y1, x2, y2 = (np.sign(scaled) * np.floor(abs(scaled) + 0.5)).astype(int)
        h, w = max(y2 - y1 + 1, 1), max(x2 - x1 + 1, 1)
        for i in range(output_size[0]):
            for j in range(output_size[1]):
                top = max(y1 + i * h // output_size[0], 0)
                bottom = max(y1 - (-(i + 1) * h // output_size[0]), 0)
                left = max(x1 + j * w // output_size[1], 0)
                right = max(x1 - (-(j + 1) * w // output_size[1]), 0)
                seen = input[int(n), :, top:bottom, left:right]
                if seen.size:
                    y[k, :, i, j] = seen.max((-2, -1))
    return y
