"""Losses of independent yes-or-no events: of probabilities, and of their logits."""

import numpy as np

from reference.arguments import along, same_shape
from reference.exponentials import times_log
from reference.reductions import reduced


def bernoulli_cross_entropy(p: np.ndarray, q: np.ndarray, *, dim: int) -> np.ndarray:
    """Add up the cross-entropies of independent yes-or-no events.

        H = −Σ_i (p[i] · log q[i] + (1 − p[i]) · log(1 − q[i])),  where 0 · log 0 = 0
        Not H(p, q): each i is a distribution of its own, over yes and no.

    Shapes:
        p, q    any number of axes, the same shape
        result  as p without the axis dim, p's dtype

    Units: nats.

    Raises:
        ValueError: p and q have different shapes, or no axis dim.

    Source: PyTorch's documentation of torch.nn.BCELoss, unclamped.
    """
    same_shape("p and q", p, q)
    p, q = along(p, dim), along(q, dim)
    y = np.zeros(p.shape[:-1], p.dtype)
    for i in np.ndindex(p.shape):
        y[i[:-1]] -= times_log(p[i], q[i])
        if p[i] != 1:
            # log1p: 1 − q would lose what a small q has to say.
            y[i[:-1]] -= (1 - p[i]) * np.log1p(-q[i])
    return y


def binary_cross_entropy(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None = None,
    *,
    reduction: str = "mean",
) -> np.ndarray:
    """Score probabilities of yes against answers, each by itself.

        l[i] = −weight[i] · (target[i] · max(log x[i], −100)
                             + (1 − target[i]) · max(log(1 − x[i]), −100))
        No log is less than −100, so that a sure and wrong x costs 100, not ∞.

    Shapes:
        input, target  any, the same shape
        weight         a shape that broadcasts to it, or None for ones
        result         as input if reduction is "none", else ()

    Units: nats; "mean" divides by the number of elements, whatever their weights.

    Raises:
        ValueError: shapes that do not fit each other, an unknown reduction, or numbers
            of input or target that are not from 0 to 1.

    Source: PyTorch's documentation of torch.nn.BCELoss.
    """
    same_shape("input and target", input, target)
    _probabilities("input", input)
    _probabilities("target", target)
    losses = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        yes = np.maximum(np.log(input[i]), -100)
        # log1p: 1 − x would lose what a small x has to say.
        no = np.maximum(np.log1p(-input[i]), -100)
        losses[i] = -(target[i] * yes + (1 - target[i]) * no)
    return reduced(_weighted(losses, weight), reduction, losses.size)


def binary_cross_entropy_with_logits(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None = None,
    pos_weight: np.ndarray | None = None,
    *,
    reduction: str = "mean",
) -> np.ndarray:
    """Score logits of yes against answers, each by itself.

        l[i] = −weight[i] · (pos_weight[i] · target[i] · log σ(x[i])
                             + (1 − target[i]) · log σ(−x[i]))
        −log σ(x) = log(1 + e^−|x|) + max(−x, 0): never ∞ for a finite x.

    Shapes:
        input, target       any, the same shape
        weight, pos_weight  shapes that broadcast to it, or None for ones
        result              as input if reduction is "none", else ()

    Units: nats; "mean" divides by the number of elements, whatever their weights.

    Raises:
        ValueError: shapes that do not fit each other, or an unknown reduction.

    Source: PyTorch's documentation of torch.nn.BCEWithLogitsLoss.
    """
    same_shape("input and target", input, target)
    yes = np.zeros(input.shape, input.dtype)
    no = np.zeros(input.shape, input.dtype)
    for i in np.ndindex(input.shape):
        tail = np.log1p(np.exp(-abs(input[i])))
        yes[i] = target[i] * (tail + np.maximum(-input[i], 0))
        no[i] = (1 - target[i]) * (tail + np.maximum(input[i], 0))
    losses = _weighted(yes, pos_weight)
    losses += no
    return reduced(_weighted(losses, weight), reduction, losses.size)


def _weighted(losses: np.ndarray, weight: np.ndarray | None) -> np.ndarray:
    """Multiply losses by their weights, if they have any.

    Raises:
        ValueError: weight does not broadcast to the shape of the losses.
    """
    if weight is None:
        return losses
    if np.broadcast_shapes(weight.shape, losses.shape) != losses.shape:
        raise ValueError(
            f"a weight has shape {weight.shape}; it must broadcast to {losses.shape}"
        )
    result = losses.copy()
    result *= weight
    return result


def _probabilities(name: str, numbers: np.ndarray) -> None:
    """Check that numbers are from 0 to 1; NaN is not.

    Raises:
        ValueError: one is not.
    """
    for number in numbers.flat:
        if not 0 <= number <= 1:
            raise ValueError(f"{name} has {number}; it must be from 0 to 1")
