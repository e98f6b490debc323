"""Information, entropy, and the divergences that are built of them."""

import numpy as np

from reference.arguments import along, same_shape
from reference.exponentials import times_log
from reference.reductions import reduced


def information(probs: np.ndarray) -> np.ndarray:
    """Say how surprising events are.

        y = −log p;  of an impossible event, ∞

    Shapes:
        probs   any
        result  as probs, probs' dtype

    Units: nats.

    Source: Zhang et al., "Dive into Deep Learning", appendix on information theory,
        "Self-information", in nats instead of bits.
    """
    y = np.zeros(probs.shape, probs.dtype)
    for i in np.ndindex(probs.shape):
        y[i] = -np.log(probs[i])
    return y


def entropy(probs: np.ndarray, *, dim: int) -> np.ndarray:
    """Average the information of a distribution's events.

        H(p) = −Σ_i p[i] · log p[i],  where 0 · log 0 = 0;  p a row along dim

    Shapes:
        probs   any number of axes
        result  as probs without the axis dim, probs' dtype

    Units: nats. Rows are taken as they are, whether or not they sum to 1.

    Raises:
        ValueError: dim is not an axis of probs.

    Source: Zhang et al., "Dive into Deep Learning", appendix on information theory,
        "Entropy".
    """
    return categorical_cross_entropy(probs, probs, dim=dim)


def categorical_cross_entropy(p: np.ndarray, q: np.ndarray, *, dim: int) -> np.ndarray:
    """Average, over events of p, the information that q believes they carry.

        H(p, q) = −Σ_i p[i] · log q[i],  where 0 · log 0 = 0;  rows along dim

    Shapes:
        p, q    any number of axes, the same shape
        result  as p without the axis dim, p's dtype

    Units: nats. Rows are taken as they are, whether or not they sum to 1.

    Raises:
        ValueError: p and q have different shapes, or no axis dim.

    Source: Zhang et al., "Dive into Deep Learning", appendix on information theory,
        "Cross-Entropy".
    """
    same_shape("p and q", p, q)
    p, q = along(p, dim), along(q, dim)
    y = np.zeros(p.shape[:-1], p.dtype)
    for i in np.ndindex(p.shape):
        y[i[:-1]] -= times_log(p[i], q[i])
    return y


def kl_divergence(p: np.ndarray, q: np.ndarray, *, dim: int) -> np.ndarray:
    """Say how much q errs about p: what believing q costs over knowing p.

        D(p ‖ q) = Σ_i p[i] · (log p[i] − log q[i]) = H(p, q) − H(p),
        where 0 · log 0 = 0;  rows along dim

    Shapes:
        p, q    any number of axes, the same shape
        result  as p without the axis dim, p's dtype

    Units: nats.

    Raises:
        ValueError: p and q have different shapes, or no axis dim.

    Source: Zhang et al., "Dive into Deep Learning", appendix on information theory,
        "Kullback–Leibler Divergence".
    """
    same_shape("p and q", p, q)
    p, q = along(p, dim), along(q, dim)
    y = np.zeros(p.shape[:-1], p.dtype)
    for i in np.ndindex(p.shape):
        if p[i] != 0:
            y[i[:-1]] += p[i] * (np.log(p[i]) - np.log(q[i]))
    return y


def kl_div(
    input: np.ndarray,
    target: np.ndarray,
    *,
    reduction: str = "mean",
    log_target: bool = False,
) -> np.ndarray:
    """Measure how far the model's log-probabilities are from probabilities.

        l[i] = target[i] · (log target[i] − input[i]),  where 0 · log 0 = 0, or,
        with log_target,  e^target[i] · (target[i] − input[i])
        The target comes second, against the order of D(p ‖ q).

    Shapes:
        input, target  any, the same shape
        result         as input if reduction is "none", else ()

    Units: input is in nats, and so is target with log_target. reduction "mean" divides
        by all elements, "batchmean" by the size of the first axis: D averaged.

    Raises:
        ValueError: input and target have different shapes, or an unknown reduction.

    Source: PyTorch's documentation of torch.nn.KLDivLoss.
    """
    same_shape("input and target", input, target)
    losses = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        if log_target:
            losses[i] = np.exp(target[i]) * (target[i] - input[i])
        elif target[i] != 0:
            losses[i] = target[i] * (np.log(target[i]) - input[i])
    if reduction == "batchmean":
        return reduced(losses, "mean", len(input) if input.ndim else 1)
    return reduced(losses, reduction, losses.size)
