"""Dropout in PyTorch: with masks that are given, and with its own."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def unscaled_dropout(input: Tensor, mask: Tensor) -> Tensor:
    return input * mask


def expected_dropout(input: Tensor, *, p: float) -> Tensor:
    return input * (1 - p)


def inverted_dropout(
    input: Tensor, mask: Tensor, *, p: float, training: bool
) -> Tensor:
    if not training:
        return F.dropout(input, p, training=False)
    return input * mask / (1 - p) if p < 1 else F.dropout(input, p, training=True)


def inverted_dropout_random(
    input: Tensor, seed: Tensor, *, p: float, training: bool
) -> Tensor:
    with torch.random.fork_rng():
        torch.manual_seed(int(seed))
        return F.dropout(input, p, training=training)


def inverted_dropout_module(
    input: Tensor, seed: Tensor, *, p: float, training: bool
) -> Tensor:
    with torch.random.fork_rng():
        torch.manual_seed(int(seed))
        return nn.Dropout(p).train(training)(input)


def inverted_dropout_inplace(
    input: Tensor, seed: Tensor, *, p: float, training: bool
) -> Tensor:
    with torch.random.fork_rng():
        torch.manual_seed(int(seed))
        return F.dropout(input.clone(), p, training=training, inplace=True)


def marginal_output(
    input: Tensor, weight: Tensor, *, p: float, rectified: bool
) -> Tensor:
    n = len(weight)
    codes = torch.arange(2**n, device=input.device)[:, None]
    kept = codes >> torch.arange(n, device=input.device) & 1 == 1
    share = kept.to(input.dtype)
    chances = (share * (1 - p) + (1 - share) * p).prod(1)
    outputs = (input * weight)[:, None].mul(kept).sum(-1)
    return ((outputs.relu() if rectified else outputs) * chances).sum(-1)


def dropconnect(input: Tensor, weight: Tensor, bias: Tensor, mask: Tensor) -> Tensor:
    return F.linear(input, weight * mask, bias)


def stochastic_depth(
    input: Tensor, mask: Tensor, *, p: float, training: bool
) -> Tensor:
    rows = mask.reshape(-1, *[1] * (input.ndim - 1))
    if not training:
        return input.clone()
    return input * rows / (1 - p) if p < 1 else input * 0
