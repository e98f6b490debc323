"""Penalties of weights in NumPy."""

import numpy as np


def l2_penalty(weight: np.ndarray) -> np.ndarray:
    return np.square(weight).sum()


def l1_penalty(weight: np.ndarray) -> np.ndarray:
    return abs(weight).sum()


def elastic_net_penalty(weight: np.ndarray, *, beta: float) -> np.ndarray:
    return (weight.dtype.type(beta) * weight**2 + abs(weight)).sum()


def regularised_loss(
    losses: np.ndarray, weight: np.ndarray, *, strength: float
) -> np.ndarray:
    return losses.mean() + losses.dtype.type(strength) * np.square(weight).sum()
