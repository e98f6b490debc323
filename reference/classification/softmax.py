"""Softmax, naive and with a temperature, and its derivative."""

import numpy as np

from reference.arguments import along
from reference.exponentials import shifted


def softmax(input: np.ndarray, *, dim: int) -> np.ndarray:
    """Turn logits into probabilities along one axis.

        s[i] = e^(z[i] − m) / Σ_k e^(z[k] − m),    m = max_k z[k],  z a row along dim
        A logit of −∞ masks its entry: probability 0. A row of −∞ alone, or one
        that holds +∞, is NaN.

    Shapes:
        input   any number of axes
        result  as input, input's dtype

    Raises:
        ValueError: dim is not an axis of input.

    Source: Blanchard, Higham and Higham, "Accurately computing the log-sum-exp and
        softmax functions" (arXiv:1909.03469), eq. 1.2, shifted by m.
    """
    rows = along(input, dim)
    probs = np.zeros(rows.shape, input.dtype)
    for n in np.ndindex(rows.shape[:-1]):
        powers = [np.exp(z) for z in shifted(rows[n])]
        total = sum(powers)
        probs[n] = [power / total for power in powers]
    return np.moveaxis(probs, -1, dim)


def naive_softmax(input: np.ndarray, *, dim: int) -> np.ndarray:
    """Turn logits into probabilities by the definition, which overflows.

        s[i] = e^z[i] / Σ_k e^z[k],    z a row along dim
        Where the largest e^z overflows, ∞ / ∞ is NaN; where all underflow, 0 / 0.

    Shapes:
        input   any number of axes
        result  as input, input's dtype

    Raises:
        ValueError: dim is not an axis of input.

    Source: Zhang et al., "Dive into Deep Learning", section 4.1.1.
    """
    rows = along(input, dim)
    probs = np.zeros(rows.shape, input.dtype)
    for n in np.ndindex(rows.shape[:-1]):
        powers = [np.exp(z) for z in rows[n]]
        total = sum(powers)
        probs[n] = [power / total for power in powers]
    return np.moveaxis(probs, -1, dim)


def softmax_with_temperature(
    input: np.ndarray, *, dim: int, temperature: float
) -> np.ndarray:
    """Take the softmax of logits divided by a temperature.

        softmax(z / temperature): one-hot at the largest as it falls to 0,
        uniform as it grows.

    Shapes:
        input   any number of axes
        result  as input, input's dtype

    Raises:
        ValueError: dim is not an axis of input, or temperature is not positive.

    Source: Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network"
        (arXiv:1503.02531).
    """
    if not temperature > 0:
        raise ValueError(f"temperature is {temperature}; it must be positive")
    cooled = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        cooled[i] = input[i] / temperature
    return softmax(cooled, dim=dim)


def softmax_jacobian(input: np.ndarray) -> np.ndarray:
    """Differentiate softmax: how each probability moves with each logit.

        ∂s[i] / ∂z[i] = s[i] · (1 − s[i])
        ∂s[i] / ∂z[k] = −s[i] · s[k]  for k ≠ i;    J = diag(s) − s sᵀ

    Shapes:
        input   (*batch, classes)
        result  (*batch, classes, classes), input's dtype

    Raises:
        ValueError: input has no axes.

    Source: Blanchard, Higham and Higham (arXiv:1909.03469).
    """
    probs = softmax(input, dim=-1)
    jacobian = np.zeros((*input.shape, input.shape[-1]), input.dtype)
    for *n, i, k in np.ndindex(jacobian.shape):
        s, t = probs[*n, i], probs[*n, k]
        jacobian[*n, i, k] = s * (1 - s) if i == k else -s * t
    return jacobian
