"""Somebody's blocks of networks, right: test_planted_faults.py breaks them."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv(x, weight, bias=None, stride=1, groups=1):
    kh, kw = weight.shape[2:]
    x = np.pad(x, [(0, 0), (0, 0), (kh // 2, kh // 2), (kw // 2, kw // 2)])
    windows = sliding_window_view(x, (kh, kw), axis=(2, 3))[:, :, ::stride, ::stride]
    parts = zip(np.split(windows, groups, axis=1), np.split(weight, groups))
    results = [np.einsum("nchwpq,ocpq->nohw", part, w) for part, w in parts]
    y = np.concatenate(results, axis=1)
    return y if bias is None else y + bias[:, None, None]


def relu(x):
    return np.maximum(x, 0)


def residual_block(
    input, w1, b1, w2, b2, skip_weight=None, skip_bias=None, *, stride, activate
):
    skip = input
    if skip_weight is not None:
        skip = conv(input, skip_weight, skip_bias, stride)
    inner = relu(conv(input, w1, b1, stride))
    y = conv(inner, w2, b2) + skip
    return relu(y) if activate else y


def bottleneck_block(
    input,
    *weights,
    stride,
    groups,
    stride_first,
    activate,
):
    w1, b1, w2, b2, w3, b3, *skips = weights
    first, second = (stride, 1) if stride_first else (1, stride)
    thin = relu(conv(input, w1, b1, first))
    wide = conv(relu(conv(thin, w2, b2, second, groups)), w3, b3)
    if skips and skips[0] is not None:
        input = conv(input, *skips, stride)
    return relu(wide + input) if activate else wide + input


def inception_block(input, *weights):
    a, b, c, d, e, f = zip(weights[::2], weights[1::2])
    padded = np.pad(input, [(0, 0), (0, 0), (1, 1), (1, 1)], constant_values=-np.inf)
    pooled = sliding_window_view(padded, (3, 3), axis=(2, 3)).max((4, 5))
    path2 = conv(relu(conv(input, *b)), *c)
    path3 = conv(relu(conv(input, *d)), *e)
    paths = conv(input, *a), path2, path3, conv(pooled, *f)
    return relu(np.concatenate(paths, axis=1))


def dense_block(input, *weights):
    y = input.copy()
    for scale, shift, weight in zip(weights[::3], weights[1::3], weights[2::3]):
        normal = y * scale[:, None, None] + shift[:, None, None]
        grown = conv(relu(normal), weight)
        y = np.concatenate([y, grown], axis=1)
    return y


def mobilenet_block(input, w1, b1, w2, b2, *, stride):
    each = conv(input, w1, b1, stride, groups=len(w1))
    mixed = np.einsum("nchw,oc->nohw", relu(each), w2[:, :, 0, 0])
    shift = 0 if b2 is None else b2[:, None, None]
    return relu(mixed + shift).astype(input.dtype)
