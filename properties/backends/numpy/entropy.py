"""SciPy's entropies and divergences under the names of reference/entropy.py."""

import numpy as np
import scipy.special


def information(probs: np.ndarray) -> np.ndarray:
    return -np.log(probs)


def entropy(probs: np.ndarray, *, dim: int) -> np.ndarray:
    return scipy.special.entr(probs).sum(dim, dtype=probs.dtype)


def categorical_cross_entropy(p: np.ndarray, q: np.ndarray, *, dim: int) -> np.ndarray:
    return -scipy.special.xlogy(p, q).sum(dim, dtype=p.dtype)


def bernoulli_cross_entropy(p: np.ndarray, q: np.ndarray, *, dim: int) -> np.ndarray:
    yes, no = scipy.special.xlogy(p, q), scipy.special.xlog1py(1 - p, -q)
    return -(yes + no).sum(dim, dtype=p.dtype)


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
    return _reduced(losses, reduction)


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
    return _reduced(losses, reduction, weight)


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
    return _reduced(losses, reduction, weight)


def _reduced(
    losses: np.ndarray, reduction: str, weight: np.ndarray | None = None
) -> np.ndarray:
    if weight is not None:
        losses = losses * weight
    return {"none": np.asarray, "mean": np.mean, "sum": np.sum}[reduction](losses)
