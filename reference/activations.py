"""Activation functions, one number at a time."""

import numpy as np


def sigmoid(input: np.ndarray) -> np.ndarray:
    """Squash numbers into 0 … 1, the logistic function.

        y[i] = 1 / (1 + exp(−x[i]))

    Shapes: input and result (*size), any.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 3.10.
    """
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        # exp(min(x, 0)) / (1 + exp(-|x|)) is the same number, and never overflows.
        y[i] = np.exp(np.minimum(input[i], 0)) / (1 + np.exp(-abs(input[i])))
    return y
