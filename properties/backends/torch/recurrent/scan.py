"""Compositions of linear steps by torch, in a chain and in a tree."""

import torch
from torch import Tensor


def affine_chain(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    total, shift = a[0], b[0]
    for slope, offset in zip(a[1:], b[1:]):
        total, shift = slope * total, slope * shift + offset
    return total, shift


def affine_tree(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """All pairs of a level at once; an odd step at the end waits."""
    while len(a) > 1:
        even = len(a) // 2 * 2
        first, second = slice(0, even, 2), slice(1, even, 2)
        b = torch.cat([a[second] * b[first] + b[second], b[even:]])
        a = torch.cat([a[second] * a[first], a[even:]])
    return a[0], b[0]
