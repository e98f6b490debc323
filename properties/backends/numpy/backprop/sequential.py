"""A multilayer perceptron in NumPy."""

import numpy as np


def mlp(
    input: np.ndarray, *weights: np.ndarray, activation: str | None = "relu"
) -> np.ndarray:
    y = input @ weights[0].T + weights[1]
    for layer in range(2, len(weights), 2):
        if activation is not None:
            y = np.maximum(y, 0) if activation == "relu" else np.tanh(y)
        y = y @ weights[layer].T + weights[layer + 1]
    return y
