"""SciPy's entropies and divergences under the names of reference/entropy.py."""

import numpy as np
import scipy.special


def information(probs: np.ndarray) -> np.ndarray:
    return -np.log(probs)


def entropy(probs: np.ndarray, *, dim: int) -> np.ndarray:
    return scipy.special.entr(probs).sum(dim, dtype=probs.dtype)


def categorical_cross_entropy(p: np.ndarray, q: np.ndarray, *, dim: int) -> np.ndarray:
    return -scipy.special.xlogy(p, q).sum(dim, dtype=p.dtype)


def kl_divergence(p: np.ndarray, q: np.ndarray, *, dim: int) -> np.ndarray:
    return scipy.special.rel_entr(p, q).sum(dim, dtype=p.dtype)


def kl_div(
    input: np.ndarray,
    target: np.ndarray,
    *,
    reduction: str = "mean",
    log_target: bool = False,
) -> np.ndarray:
    if log_target:
        losses = np.exp(target) * (target - input)
    else:
        losses = -scipy.special.entr(target).astype(target.dtype) - target * input
    if reduction == "batchmean":
        return losses.sum() / losses.dtype.type(len(losses))
    return reduced(losses, reduction)


def reduced(
    losses: np.ndarray, reduction: str, weight: np.ndarray | None = None
) -> np.ndarray:
    if weight is not None:
        losses = losses * weight
    return {"none": np.asarray, "mean": np.mean, "sum": np.sum}[reduction](losses)
