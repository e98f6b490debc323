"""Positions and embeddings, by broadcasting."""

import math

import numpy as np


def sinusoidal_positional_encoding(
    positions: np.ndarray, *, num_hiddens: int
) -> np.ndarray:
    frequencies = 10000 ** (np.arange(0, num_hiddens, 2) / num_hiddens)
    angles = positions[:, None] / frequencies.astype(positions.dtype)
    pairs = np.stack([np.sin(angles), np.cos(angles)], axis=-1)
    return pairs.reshape(len(positions), -1)[:, :num_hiddens]


def learned_positional_embedding(
    input: np.ndarray, pos_embedding: np.ndarray, *, offset: int = 0
) -> np.ndarray:
    return input + pos_embedding[:, offset : offset + input.shape[1]]


def scaled_embedding(input: np.ndarray, weight: np.ndarray) -> np.ndarray:
    return weight[input] * math.sqrt(weight.shape[1])
