"""Positions and embeddings: torch has no layer for the first, and no scale."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor


def sinusoidal_positional_encoding(positions: Tensor, *, num_hiddens: int) -> Tensor:
    exponents = torch.arange(0, num_hiddens, 2).to(positions) / num_hiddens
    angles = positions[:, None] / torch.pow(10000, exponents)
    pairs = torch.stack([angles.sin(), angles.cos()], dim=-1)
    return pairs.flatten(1)[:, :num_hiddens]


def learned_positional_embedding(
    input: Tensor, pos_embedding: Tensor, *, offset: int = 0
) -> Tensor:
    return input + pos_embedding[:, offset : offset + input.shape[1]]


def scaled_embedding(input: Tensor, weight: Tensor) -> Tensor:
    return F.embedding(input, weight) * math.sqrt(weight.shape[1])
