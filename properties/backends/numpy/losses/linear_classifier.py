"""Scores of a linear classifier in NumPy."""

import numpy as np


def linear_scores(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None = None
) -> np.ndarray:
    scores = input @ weight.T
    return scores if bias is None else scores + bias
