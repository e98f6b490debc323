"""Losses that ask for a margin between the score of the target and the others."""

import numpy as np

from reference.reductions import check_reduction, reduced


def multi_margin_loss(
    input: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None = None,
    *,
    p: int = 1,
    margin: float = 1.0,
    reduction: str = "mean",
) -> np.ndarray:
    """Charge scores that are not below the target's by a margin, as means of classes.

        l[n] = Σ_{j ≠ k} weight[k] · max(0, margin − x[n, k] + x[n, j])ᵖ / classes,
        k = target[n];  the slope where the maximum is of 0 and 0 is 0

    Shapes:
        input   (batch, classes), or (classes)
        target  (batch), or (): class indices
        weight  (classes), or None for ones
        result  as target if reduction is "none", else (); input's dtype

    Units: the mean is over the batch, without weights; of no batch it is 0 / 0, NaN.

    Raises:
        ValueError: shapes that do not fit each other, a target that is no class, a p
            other than 1 and 2, or an unknown reduction.

    Source: PyTorch's documentation of torch.nn.MultiMarginLoss.
    """
    check_reduction(reduction)
    if p not in (1, 2):
        raise ValueError(f"p is {p}; it must be 1 or 2")
    _check_scores(input, target)
    classes = input.shape[-1]
    if weight is not None and weight.shape != (classes,):
        raise ValueError(f"weight has shape {weight.shape}; it must be ({classes},)")
    losses = np.zeros(target.shape, input.dtype)
    for n in np.ndindex(target.shape):
        k = target[n]
        for j in range(classes):
            short = margin - input[*n, k] + input[*n, j]
            if j != k and not short <= 0:
                cost = short if p == 1 else short * short
                losses[n] += cost if weight is None else weight[k] * cost
        losses[n] = losses[n] / classes
    return reduced(losses, reduction, target.size)


def multiclass_svm_loss(
    input: np.ndarray, target: np.ndarray, *, margin: float = 1.0
) -> np.ndarray:
    """Charge scores that are not below the target's by a margin, in sum: the notes'.

        l[n] = Σ_{j ≠ k} max(0, x[n, j] − x[n, k] + margin),    k = target[n]

    Shapes:
        input   (batch, classes), or (classes)
        target  (batch), or (): class indices
        result  as target, input's dtype

    Raises:
        ValueError: shapes that do not fit each other, or a target that is no class.

    Source: Weston and Watkins, "Support Vector Machines for Multi-Class Pattern
        Recognition" (ESANN 1999).
    """
    _check_scores(input, target)
    losses = np.zeros(target.shape, input.dtype)
    for n in np.ndindex(target.shape):
        for j in range(input.shape[-1]):
            short = input[*n, j] - input[*n, target[n]] + margin
            if j != target[n] and not short <= 0:
                losses[n] += short
    return losses


def _check_scores(input, target):
    """Check that targets are classes of scores."""
    if input.ndim not in (1, 2) or target.shape != input.shape[:-1]:
        raise ValueError(
            f"input and target have shapes {input.shape} and {target.shape}; they must "
            "be (batch, classes) and (batch), or (classes) and ()"
        )
    if not all(0 <= k < input.shape[-1] for k in target.flat):
        raise ValueError(f"target is {target}; classes are 0 to {input.shape[-1] - 1}")
