"""SciPy's losses of yes or no, named as in reference/binary_cross_entropy.py."""

import numpy as np
import scipy.special

from properties.backends.numpy.classification.entropy import reduced


def bernoulli_cross_entropy(p: np.ndarray, q: np.ndarray, *, dim: int) -> np.ndarray:
    yes, no = scipy.special.xlogy(p, q), scipy.special.xlog1py(1 - p, -q)
    return -(yes + no).sum(dim, dtype=p.dtype)


def binary_cross_entropy(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None = None,
    *,
    reduction: str = "mean",
) -> np.ndarray:
    yes = np.maximum(np.log(input), -100)
    no = np.maximum(np.log1p(-input), -100)
    losses = (target - 1) * no - target * yes
    return reduced(losses, reduction, weight)


def binary_cross_entropy_with_logits(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None = None,
    pos_weight: np.ndarray | None = None,
    *,
    reduction: str = "mean",
) -> np.ndarray:
    positives = (
        target if pos_weight is None else target * pos_weight.astype(target.dtype)
    )
    yes, no = np.logaddexp(0, -input), np.logaddexp(0, input)
    losses = positives * yes + (1 - target) * no
    return reduced(losses, reduction, weight)
