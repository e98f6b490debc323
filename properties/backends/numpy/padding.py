"""reference/padding.py on NumPy and SciPy."""

import numpy as np
from scipy import ndimage, signal

MODES = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def pad(input, *, pad, mode="constant", value=0):
    sides = [(0, 0)] * (input.ndim - len(pad) // 2)
    sides += [(pad[i], pad[i + 1]) for i in range(len(pad) - 2, -1, -2)]
    crop = [slice(max(0, -b), n + min(0, a)) for n, (b, a) in zip(input.shape, sides)]
    sides = [(max(0, b), max(0, a)) for b, a in sides]
    if mode == "constant":
        return np.pad(input[tuple(crop)], sides, constant_values=value)
    return np.pad(input[tuple(crop)], sides, mode=MODES[mode])


def conv2d_same(input, weight, bias=None, *, dilation=1, groups=1):
    reach = [d * (k - 1) for k, d in zip(weight.shape[2:], dilation)]
    sides = [(n // 2, n - n // 2) for n in reach]
    return padded_conv2d(input, weight, bias, sides, (1, 1), dilation, groups)


def conv2d_tf_same(input, weight, bias=None, *, stride, dilation, groups=1):
    sizes = zip(input.shape[2:], weight.shape[2:], stride, dilation)
    totals = [
        max(0, (-(-n // s) - 1) * s + d * (k - 1) + 1 - n) for n, k, s, d in sizes
    ]
    sides = [(n // 2, n - n // 2) for n in totals]
    return padded_conv2d(input, weight, bias, sides, stride, dilation, groups)


def causal_conv1d(input, weight, bias=None, *, dilation=1, groups=1):
    """Filter as scipy.signal.lfilter does: its convolutions are causal."""
    taps = np.zeros((*weight.shape[:2], dilation * (weight.shape[2] - 1) + 1))
    taps[..., ::dilation] = weight
    batch, channels, _ = input.shape
    x = input.reshape(batch, groups, channels // groups, -1)
    y = np.zeros((batch, len(weight), input.shape[2]))
    for o, c in np.ndindex(weight.shape[:2]):
        group = o // (len(weight) // groups)
        y[:, o] += signal.lfilter(taps[o, c, ::-1], [1.0], x[:, group, c])
    return y if bias is None else y + bias[:, None]


def cross_correlate_same(x, kernel, *, origin):
    return ndimage.correlate(x, kernel, mode="constant", origin=origin)


def padded_conv2d(input, weight, bias, sides, stride, dilation, groups):
    x = np.pad(input, [(0, 0), (0, 0), *sides])
    reach = [d * (k - 1) + 1 for k, d in zip(weight.shape[2:], dilation)]
    windows = np.lib.stride_tricks.sliding_window_view(x, reach, (2, 3))
    windows = windows[:, :, :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]
    windows = windows.reshape(len(x), groups, -1, *windows.shape[2:])
    filters = weight.reshape(groups, -1, *weight.shape[1:])
    y = np.einsum("ngchwpq,gocpq->ngohw", windows, filters)
    y = y.reshape(len(x), -1, *y.shape[3:])
    return y if bias is None else y + bias[:, None, None]
