"""What weights cost, beside what a model loses on its data."""

import numpy as np


def l2_penalty(weight: np.ndarray) -> np.ndarray:
    """Add up the squares of weights.

        R = Σ_i w[i]²

    Shapes: weight (*size), any; result ().

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 7.1.
    """
    total = np.zeros((), weight.dtype)
    for w in weight.flat:
        total[()] += w * w
    return total


def l1_penalty(weight: np.ndarray) -> np.ndarray:
    """Add up the sizes of weights.

        R = Σ_i |w[i]|;  its slope at 0 is taken to be 0

    Shapes: weight (*size), any; result ().

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 7.1.
    """
    total = np.zeros((), weight.dtype)
    for w in weight.flat:
        total[()] += abs(w)
    return total


def elastic_net_penalty(weight: np.ndarray, *, beta: float) -> np.ndarray:
    """Add up sizes of weights, and squares with a factor.

        R = Σ_i (beta · w[i]² + |w[i]|)

    Shapes: weight (*size), any; result ().

    Source: Zou and Hastie, "Regularization and variable selection via the elastic
        net", Journal of the Royal Statistical Society B 67 (2005).
    """
    total = np.zeros((), weight.dtype)
    for w in weight.flat:
        total[()] += beta * (w * w) + abs(w)
    return total


def regularised_loss(
    losses: np.ndarray, weight: np.ndarray, *, strength: float
) -> np.ndarray:
    """Add a share of what weights cost to the mean of what is lost on data.

        L = Σ_n l[n] / batch + strength · Σ_i w[i]²

    Shapes: losses (batch); weight (*size), any; result ().

    Raises:
        ValueError: losses are not of one axis, or there are none.

    Source: Goodfellow, Bengio and Courville, "Deep Learning", section 7.1.
    """
    if losses.ndim != 1 or not losses.size:
        raise ValueError(f"losses has shape {losses.shape}; it must be (batch), not 0")
    total = np.zeros((), losses.dtype)
    for loss in losses:
        total[()] += loss
    total[()] = total[()] / losses.size + strength * l2_penalty(weight)[()]
    return total
