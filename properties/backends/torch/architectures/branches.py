"""Blocks of several paths, in torch."""

import torch
import torch.nn.functional as F
from torch import Tensor


def _same(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    return F.conv2d(input, weight, bias, padding=[n // 2 for n in weight.shape[2:]])


def inception_block(input: Tensor, *weights: Tensor) -> Tensor:
    w1, b1, w2, b2, w3, b3, w4, b4, w5, b5, w6, b6 = weights
    paths = [
        _same(input, w1, b1),
        _same(F.relu(_same(input, w2, b2)), w3, b3),
        _same(F.relu(_same(input, w4, b4)), w5, b5),
        _same(F.max_pool2d(input, 3, 1, 1), w6, b6),
    ]
    return F.relu(torch.cat(paths, dim=1))


def dense_block(input: Tensor, *weights: Tensor) -> Tensor:
    for scale, shift, weight in zip(*[iter(weights)] * 3):
        normalized = torch.addcmul(shift[:, None, None], input, scale[:, None, None])
        input = torch.cat([input, _same(F.relu(normalized), weight)], dim=1)
    return input.clone()
