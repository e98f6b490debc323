"""Functions that are linear above 0 and saturate exponentially below."""

import numpy as np

SELU_SCALE = 1.0507009873554804934193349852946
SELU_ALPHA = 1.6732632423543772848170429916717
"""What makes mean 0 and variance 1 a fixed point of selu, for normal numbers."""


def elu(input: np.ndarray, *, alpha: float = 1.0) -> np.ndarray:
    """Keep what is positive; let the rest saturate at −alpha.

        y[i] = x[i] if x[i] > 0, else alpha · (exp(x[i]) − 1);  its slope at 0 is
        taken to be alpha

    Shapes: input and result (*size), any.

    Source: PyTorch's documentation of torch.nn.ELU; Clevert, Unterthiner and
        Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear
        Units (ELUs)" (arXiv:1511.07289).
    """
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        y[i] = input[i] if input[i] > 0 else alpha * np.expm1(input[i])
    return y


def selu(input: np.ndarray) -> np.ndarray:
    """Scale an `elu` such that mean 0 and variance 1 are kept.

        y[i] = λ · (x[i] if x[i] > 0, else α · (exp(x[i]) − 1)),
        λ ≈ 1.0507 and α ≈ 1.6733

    Shapes: input and result (*size), any.

    Source: PyTorch's documentation of torch.nn.SELU; Klambauer et al.,
        "Self-Normalizing Neural Networks" (arXiv:1706.02515).
    """
    y = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        if input[i] > 0:
            y[i] = SELU_SCALE * input[i]
        else:
            y[i] = SELU_SCALE * SELU_ALPHA * np.expm1(input[i])
    return y
