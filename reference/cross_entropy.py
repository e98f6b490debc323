"""What a classifier loses on its targets, and the gradients of that by hand."""

from collections.abc import Iterator

import numpy as np

from reference.arguments import same_shape
from reference.reductions import check_reduction, reduced
from reference.softmax import log_softmax, softmax


def nll_loss(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
) -> np.ndarray:
    """Take, of each position's log-probabilities, the one of its target, negated.

        l[n] = −weight[k] · input[n, k],  k = target[n];  0 where k is ignore_index
        mean = Σ_n l[n] / Σ_n weight[target[n]], both over targets not ignored

    Shapes:
        input   (batch, classes, *size), or (classes)
        target  (batch, *size), or (): class indices
        weight  (classes), or None for ones
        result  as target if reduction is "none", else (); input's dtype

    Units: nats. If all targets are ignored, the mean is 0 / 0, NaN.

    Raises:
        ValueError: shapes that do not fit each other, a target that is neither a
            class nor ignore_index, or an unknown reduction.

    Source: PyTorch's documentation of torch.nn.NLLLoss.
    """
    log_probs = _classes_last(input)
    if target.shape == input.shape:
        raise ValueError(f"target has shape {target.shape}; nll_loss takes indices")
    _check_targets(input, target, weight, ignore_index)
    losses = np.zeros(target.shape, input.dtype)
    for n in np.ndindex(target.shape):
        k = target[n]
        if k != ignore_index:
            losses[n] = -log_probs[*n, k]
            if weight is not None:
                losses[n] *= weight[k]
    count = _position_count(input, target, weight, ignore_index)
    return reduced(losses, reduction, count)


def cross_entropy(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> np.ndarray:
    """Score logits against classes, or against probabilities of classes.

        l[n] = −Σ_k weight[k] · q[n, k] · log softmax(input)[n, k]
        q[n, k] = (1 − ε) · y[n, k] + ε / classes,  ε = label_smoothing
        y[n] is one-hot at target[n], or target[n] itself if that is probabilities;
        l[n] = 0 where the index target[n] is ignore_index.
        mean = Σ_n l[n] / Σ_n weight[target[n]], both over targets not ignored,
               or, if targets are probabilities, Σ_n l[n] / (number of positions n)

    Shapes:
        input   (batch, classes, *size), or (classes)
        target  class indices, (batch, *size) or (); or probabilities, as input
        weight  (classes), or None for ones
        result  (batch, *size) or () if reduction is "none", else (); input's dtype

    Units: nats. If all targets are ignored, the mean is 0 / 0, NaN. A probability of
        0 at a logit of −∞ costs 0 · ∞, NaN; an index does not look at other classes.

    Raises:
        ValueError: shapes that do not fit each other, a target that is neither a
            class nor ignore_index, probabilities with an ignore_index that is a
            class, label_smoothing outside [0, 1], or an unknown reduction.

    Source: PyTorch's documentation of torch.nn.CrossEntropyLoss; smoothing is section
        7 of Szegedy et al., "Rethinking the Inception Architecture for Computer
        Vision" (arXiv:1512.00567).
    """
    options = {"ignore_index": ignore_index, "label_smoothing": label_smoothing}
    log_probs = _classes_last(log_softmax(input, dim=_class_axis(input)))
    losses = np.zeros(log_probs.shape[:-1], input.dtype)
    for n, k, share in _shares(input, target, weight, **options):
        losses[n] -= share * log_probs[*n, k]
    count = _position_count(input, target, weight, ignore_index)
    return reduced(losses, reduction, count)


def cross_entropy_gradient(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None = None,
    *,
    ignore_index: int = -100,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> np.ndarray:
    """Differentiate `cross_entropy` by its logits, by hand.

        ∂l[n] / ∂z[n, i] = s[n, i] · Σ_k a[n, k] − a[n, i],  s = softmax(z)
        a[n, k] = weight[k] · q[n, k] of `cross_entropy`; with neither weight nor
        smoothing and with y[n] that sums to 1, this is s − y.

    Shapes:
        input, target, weight  as in `cross_entropy`
        result                 as input, input's dtype

    Units: per logit. reduction "mean" divides as in `cross_entropy`; "none" gives each
        position the gradient of its own loss, which makes it the same as "sum". If all
        targets are ignored, the mean is 0 / 0, NaN, where PyTorch's autograd gives 0.

    Raises:
        ValueError: as `cross_entropy`.

    Source: Zhang et al., "Dive into Deep Learning", section 4.1.2.2.
    """
    check_reduction(reduction)
    options = {"ignore_index": ignore_index, "label_smoothing": label_smoothing}
    probs = _classes_last(softmax(input, dim=_class_axis(input)))
    gradient = np.zeros(probs.shape, input.dtype)
    totals = np.zeros(probs.shape[:-1], input.dtype)
    for n, k, share in _shares(input, target, weight, **options):
        gradient[*n, k] -= share
        totals[n] += share
    for *n, i in np.ndindex(gradient.shape):
        gradient[*n, i] += probs[*n, i] * totals[*n]
    if reduction == "mean":
        gradient /= _position_count(input, target, weight, ignore_index)
    return np.moveaxis(gradient, -1, _class_axis(input))


def probs_gradient(probs: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Differentiate −Σ_k y[k] · log s[k] by the probabilities s, by hand.

        ∂l / ∂s[k] = −y[k] / s[k];  −∞ where s[k] is 0 and y[k] is not

    Shapes:
        probs, target  any, the same shape
        result         as probs, probs' dtype

    Raises:
        ValueError: probs and target have different shapes.

    Source: the derivative of the loss in Zhang et al., "Dive into Deep Learning",
        section 4.1.2.1.
    """
    same_shape("probs and target", probs, target)
    gradient = np.zeros(probs.shape, probs.dtype)
    for k in np.ndindex(probs.shape):
        gradient[k] = -target[k] / probs[k]
    return gradient


def _shares(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None,
    *,
    ignore_index: int,
    label_smoothing: float,
) -> Iterator[tuple[tuple[int, ...], int, float]]:
    """Yield (n, k, share): position n loses `share` · −log of class k's probability.

        share = weight[k] · (1 − ε) · y[n, k] for the target, then
                weight[k] · ε / classes for each class

    Raises:
        ValueError: as `cross_entropy`.
    """
    _check_targets(input, target, weight, ignore_index, label_smoothing)
    *positions, classes = _classes_last(input).shape
    weights = [1] * classes if weight is None else weight
    for n in np.ndindex(*positions):
        if target.shape == input.shape:
            asked = enumerate(_classes_last(target)[n])
        elif target[n] != ignore_index:
            asked = [(target[n], 1)]
        else:
            continue
        for k, y in asked:
            yield n, k, y * weights[k] * (1 - label_smoothing)
        if label_smoothing:
            for k in range(classes):
                yield n, k, weights[k] * label_smoothing / classes


def _position_count(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None,
    ignore_index: int,
):
    """What the mean divides by: positions, or the weights of their target classes."""
    if target.shape == input.shape:
        return target.size // input.shape[_class_axis(input)]
    found = [k for k in target.flat if k != ignore_index]
    return len(found) if weight is None else sum(weight[k] for k in found)


def _class_axis(input: np.ndarray) -> int:
    """Which axis counts classes: the second, or the only one.

    Raises:
        ValueError: input has no axes.
    """
    if input.ndim == 0:
        raise ValueError("input has shape (); it needs an axis of classes")
    return min(1, input.ndim - 1)


def _classes_last(input: np.ndarray) -> np.ndarray:
    """View an array with its axis of classes last."""
    return np.moveaxis(input, _class_axis(input), -1)


def _check_targets(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None,
    ignore_index: int,
    label_smoothing: float = 0.0,
) -> None:
    """Check that targets, weights and options fit what a classifier says.

    Raises:
        ValueError: as `cross_entropy`.
    """
    *positions, classes = _classes_last(input).shape
    if not 0 <= label_smoothing <= 1:
        raise ValueError(f"label_smoothing is {label_smoothing}; it must be in [0, 1]")
    if weight is not None and weight.shape != (classes,):
        raise ValueError(f"weight has shape {weight.shape}; it must be ({classes},)")
    if target.shape == input.shape:
        if ignore_index >= 0:
            raise ValueError(
                f"ignore_index is {ignore_index}; probabilities can't be ignored"
            )
    elif target.shape != tuple(positions):
        raise ValueError(
            f"target has shape {target.shape}; "
            f"it must be {tuple(positions)}, or {input.shape} if it is probabilities"
        )
    elif not all(0 <= k < classes or k == ignore_index for k in target.flat):
        raise ValueError(f"target is {target}; there are {classes} classes")
