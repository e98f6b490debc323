"""The scores that a linear classifier gives to classes."""

import numpy as np


def linear_scores(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None = None
) -> np.ndarray:
    """Compare inputs with a template for each class.

        s[n, k] = Σ_i weight[k, i] · x[n, i] + bias[k]

    Shapes:
        input   (batch, features)
        weight  (classes, features)
        bias    (classes), or None for zeros
        result  (batch, classes), input's dtype

    Raises:
        ValueError: shapes that do not fit each other.

    Source: PyTorch's documentation of torch.nn.Linear.
    """
    if input.ndim != 2 or weight.ndim != 2 or input.shape[1] != weight.shape[1]:
        raise ValueError(
            f"input and weight have shapes {input.shape} and {weight.shape}; "
            "they must be (batch, features) and (classes, features)"
        )
    if bias is not None and bias.shape != weight.shape[:1]:
        raise ValueError(f"bias has shape {bias.shape}; it must be {weight.shape[:1]}")
    scores = np.zeros((len(input), len(weight)), input.dtype)
    for n, k in np.ndindex(scores.shape):
        for i in range(input.shape[1]):
            scores[n, k] += weight[k, i] * input[n, i]
        if bias is not None:
            scores[n, k] += bias[k]
    return scores
