"""Highway layers: a gate between what a layer makes and what it was given."""

import numpy as np

from reference.activations.logistic import sigmoid
from reference.classification.softmax_regression import linear


def highway(
    input: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None,
    gate_weight: np.ndarray,
    gate_bias: np.ndarray | None,
) -> np.ndarray:
    """Carry a share of the input past a layer: a gated recurrent unit over depth.

        y = T · tanh(weight x + bias) + (1 − T) · x,   T = σ(gate_weight x + gate_bias)
        T and 1 − T are shares, not probabilities: nothing is drawn.

    Shapes:
        input, result        (*batch, features)
        weight, gate_weight  (features, features)
        bias, gate_bias      (features), or None for zeros

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Srivastava, Greff and Schmidhuber, "Highway Networks" (arXiv:1505.00387).
    """
    made = linear(input, weight, bias)
    transform = sigmoid(linear(input, gate_weight, gate_bias))
    if made.shape != input.shape or transform.shape != input.shape:
        raise ValueError(
            f"weight and gate_weight have shapes {weight.shape} and "
            f"{gate_weight.shape}; both must have {input.shape[-1]} rows"
        )
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(y.shape):
        y[i] = transform[i] * np.tanh(made[i]) + (1 - transform[i]) * input[i]
    return y
