"""Functions that saturate on both sides, one number at a time."""

import numpy as np


def sigmoid(input: np.ndarray) -> np.ndarray:
    """Squash numbers into 0 … 1, the logistic function.

        y[i] = 1 / (1 + exp(−x[i]))

    Shapes: input and result (*size), any.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 3.10.
    """
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        # The same number, exp(min(x, 0)) / (1 + exp(-|x|)), never overflows; by tanh,
        # since its derivative is as exact as y (1 - y), which frameworks compute.
        y[i] = np.exp(np.minimum(input[i], 0)) * (1 + np.tanh(abs(input[i]) / 2)) / 2
    return y


def tanh(input: np.ndarray) -> np.ndarray:
    """Squash numbers into −1 … 1, the hyperbolic tangent.

        y[i] = (exp(x[i]) − exp(−x[i])) / (exp(x[i]) + exp(−x[i]))

    Shapes: input and result (*size), any.

    Source: PyTorch's documentation of torch.nn.Tanh.
    """
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        y[i] = np.tanh(input[i])
    return y
