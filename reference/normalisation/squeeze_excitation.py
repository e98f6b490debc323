"""Squeeze and excitation: channels scaled by what the whole image holds."""

import numpy as np

from reference.activations.logistic import sigmoid
from reference.classification.softmax_regression import linear
from reference.pooling.global_pool import global_avg_pool


def squeeze_excitation(
    input: np.ndarray,
    weight1: np.ndarray,
    bias1: np.ndarray | None,
    weight2: np.ndarray,
    bias2: np.ndarray | None,
) -> np.ndarray:
    """Scale each channel of an image by a gate that all channels' means decide.

        y[n, c, i] = gate[n, c] · x[n, c, i]
        gate = sigmoid(W2 · max(0, W1 · z + b1) + b2),   z[n, c] = mean_i x[n, c, i]

    Shapes:
        input    (batch, channels, *size)
        weight1  (squeezed, channels); bias1 (squeezed), or None for zeros
        weight2  (channels, squeezed); bias2 (channels), or None for zeros
        result   as input, input's dtype

    Raises:
        ValueError: input has no pixels, or weights that do not fit the channels.

    Source: Hu, Shen and Sun, "Squeeze-and-Excitation Networks" (arXiv:1709.01507),
        equations 2 to 4.
    """
    if len(weight2) != input.shape[1]:
        raise ValueError(
            f"weight2 has shape {weight2.shape}; it must be for {input.shape[1]} "
            "channels"
        )
    hidden = linear(global_avg_pool(input), weight1, bias1)
    for at in np.ndindex(hidden.shape):
        hidden[at] = np.maximum(hidden[at], 0)
    gates = sigmoid(linear(hidden, weight2, bias2))
    y = np.zeros(input.shape, input.dtype)
    for n, c in np.ndindex(gates.shape):
        for i in np.ndindex(y.shape[2:]):
            y[n, c, *i] = gates[n, c] * input[n, c, *i]
    return y
