"""Convolutions that pad by themselves, as torch has them or its padding makes them."""

import warnings
from collections.abc import Sequence

import torch.nn.functional as F
from torch import Tensor


def conv2d_same(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    dilation: Sequence[int],
    groups: int,
) -> Tensor:
    options = {"padding": "same", "dilation": dilation, "groups": groups}
    with warnings.catch_warnings(action="ignore"):  # that an even kernel costs a copy
        return F.conv2d(input, weight, bias, **options)


def conv2d_tf_same(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    stride: Sequence[int],
    dilation: Sequence[int],
    groups: int,
) -> Tensor:
    sizes = zip(input.shape[2:], weight.shape[2:], stride, dilation)
    totals = [
        max(0, (-(-n // s) - 1) * s + d * (k - 1) + 1 - n) for n, k, s, d in sizes
    ]
    sides = [half for n in reversed(totals) for half in (n // 2, n - n // 2)]
    return F.conv2d(F.pad(input, sides), weight, bias, stride, 0, dilation, groups)


def causal_conv1d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    *,
    dilation: int,
    groups: int,
) -> Tensor:
    past = dilation * (weight.shape[2] - 1)
    return F.conv1d(F.pad(input, (past, 0)), weight, bias, 1, 0, dilation, groups)


def cross_correlate_same(x: Tensor, kernel: Tensor, *, origin: Sequence[int]) -> Tensor:
    anchor = [k // 2 + o for k, o in zip(kernel.shape, origin)]
    sides = [(a, k - 1 - a) for k, a in zip(kernel.shape, anchor)]
    padded = F.pad(x, [width for side in reversed(sides) for width in side])
    convolution = (F.conv1d, F.conv2d, F.conv3d)[x.ndim - 1]
    return convolution(padded[None, None], kernel[None, None])[0, 0]
