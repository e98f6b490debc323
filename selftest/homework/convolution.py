"""Somebody's one-file convolution, right: test_planted_faults.py breaks it."""

import numpy as np


def conv2d(input, weight, bias=None, *, stride, padding, dilation, groups):
    n, _, h, w = input.shape
    filters, channels, kh, kw = weight.shape
    (sh, sw), (ph, pw), (dh, dw) = stride, padding, dilation
    x = np.pad(input, [(0, 0), (0, 0), (ph, ph), (pw, pw)])
    rows = (h + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    columns = (w + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    y = np.zeros((n, filters, rows, columns), input.dtype)
    for o in range(filters):
        first = o // (filters // groups) * channels
        for p in range(kh):
            for q in range(kw):
                window = x[:, first : first + channels, p * dh :, q * dw :]
                window = window[:, :, : sh * rows : sh, : sw * columns : sw]
                window = window[:, :, :rows, :columns]
                y[:, o] += np.einsum("nchw,c->nhw", window, weight[o, :, p, q])
    if bias is not None:
        y += bias[:, None, None]
    return y
