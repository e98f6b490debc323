"""What a classifier loses on its targets."""

import numpy as np

from reference.classification.log_softmax import log_softmax
from reference.reductions import reduced
from reference.targets import (
    check_targets,
    class_axis,
    classes_last,
    position_count,
    shares,
)


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
    log_probs = classes_last(input)
    if target.shape == input.shape:
        raise ValueError(f"target has shape {target.shape}; nll_loss takes indices")
    check_targets(input, target, weight, ignore_index)
    losses = np.zeros(target.shape, input.dtype)
    for n in np.ndindex(target.shape):
        k = target[n]
        if k != ignore_index:
            losses[n] = -log_probs[*n, k]
            if weight is not None:
                losses[n] *= weight[k]
    count = position_count(input, target, weight, ignore_index)
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
    log_probs = classes_last(log_softmax(input, dim=class_axis(input)))
    losses = np.zeros(log_probs.shape[:-1], input.dtype)
    for n, k, share in shares(input, target, weight, **options):
        losses[n] -= share * log_probs[*n, k]
    count = position_count(input, target, weight, ignore_index)
    return reduced(losses, reduction, count)
