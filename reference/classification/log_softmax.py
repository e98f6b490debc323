"""The logarithm of softmax, and log-sum-exp, which it subtracts."""

import numpy as np

from reference.arguments import along
from reference.exponentials import largest_of, shifted


def log_softmax(input: np.ndarray, *, dim: int) -> np.ndarray:
    """Turn logits into logarithms of probabilities along one axis.

        l[i] = (z[i] − m) − log Σ_k e^(z[k] − m),    m = max_k z[k]
        Finite for all finite logits, where log(softmax) may be −∞. A logit of −∞
        stays −∞; a row of −∞ alone, or one that holds +∞, is NaN.

    Shapes:
        input   any number of axes
        result  as input, input's dtype

    Units: nats.

    Raises:
        ValueError: dim is not an axis of input.

    Source: Blanchard, Higham and Higham (arXiv:1909.03469), the logarithm of eq. 1.2.
    """
    rows = along(input, dim)
    log_probs = np.zeros(rows.shape, input.dtype)
    for n in np.ndindex(rows.shape[:-1]):
        row = shifted(rows[n])
        log_total = np.log(sum(np.exp(z) for z in row))
        log_probs[n] = [z - log_total for z in row]
    return np.moveaxis(log_probs, -1, dim)


def logsumexp(input: np.ndarray, *, dim: int, keepdim: bool = False) -> np.ndarray:
    """Add up numbers that are given by their logarithms, along one axis.

        y = m + log Σ_k e^(z[k] − m),    m = max_k z[k],  z a row along dim
        A row of −∞ alone (of zeros), and an empty one, gives −∞; one that holds
        +∞ gives +∞.

    Shapes:
        input   any number of axes
        result  as input without the axis dim, or with size 1 there if keepdim

    Raises:
        ValueError: dim is not an axis of input.

    Source: Blanchard, Higham and Higham (arXiv:1909.03469), eq. 1.1, shifted by m.
    """
    rows = along(input, dim)
    y = np.zeros(rows.shape[:-1], input.dtype)
    for n in np.ndindex(y.shape):
        y[n] = largest = largest_of(rows[n])
        if abs(largest) < np.inf:  # else ∞ − ∞
            y[n] += np.log(sum(np.exp(z - largest) for z in rows[n]))
    return np.expand_dims(y, dim) if keepdim else y
