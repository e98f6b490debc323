"""reference/padding.py on PyTorch."""

import torch.nn.functional as F


def pad(input, *, pad, mode="constant", value=0):
    return F.pad(input, pad, mode, value)


def conv2d_same(input, weight, bias=None, *, dilation=1, groups=1):
    return F.conv2d(
        input, weight, bias, padding="same", dilation=dilation, groups=groups
    )


def conv2d_tf_same(input, weight, bias=None, *, stride, dilation, groups=1):
    sizes = zip(input.shape[2:], weight.shape[2:], stride, dilation)
    totals = [
        max(0, (-(-n // s) - 1) * s + d * (k - 1) + 1 - n) for n, k, s, d in sizes
    ]
    x = F.pad(input, [half for n in totals[::-1] for half in (n // 2, n - n // 2)])
    return F.conv2d(x, weight, bias, stride=stride, dilation=dilation, groups=groups)


def causal_conv1d(input, weight, bias=None, *, dilation=1, groups=1):
    x = F.pad(input, (dilation * (weight.shape[2] - 1), 0))
    return F.conv1d(x, weight, bias, dilation=dilation, groups=groups)


def cross_correlate_same(x, kernel, *, origin):
    before = [k // 2 + o for k, o in zip(kernel.shape, origin)]
    sides = [(b, k - 1 - b) for k, b in zip(kernel.shape, before)]
    padded = F.pad(x, [width for side in sides[::-1] for width in side])
    conv = (F.conv1d, F.conv2d, F.conv3d)[x.ndim - 1]
    return conv(padded[None, None], kernel[None, None])[0, 0]
