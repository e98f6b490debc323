"""The gradients of cross-entropy by logits and by probabilities, by hand."""

import numpy as np

from reference.arguments import same_shape
from reference.classification.softmax import softmax
from reference.reductions import check_reduction
from reference.targets import class_axis, classes_last, position_count, shares


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
    probs = classes_last(softmax(input, dim=class_axis(input)))
    gradient = np.zeros(probs.shape, input.dtype)
    totals = np.zeros(probs.shape[:-1], input.dtype)
    for n, k, share in shares(input, target, weight, **options):
        gradient[*n, k] -= share
        totals[n] += share
    for *n, i in np.ndindex(gradient.shape):
        gradient[*n, i] += probs[*n, i] * totals[*n]
    if reduction == "mean":
        gradient /= position_count(input, target, weight, ignore_index)
    return np.moveaxis(gradient, -1, class_axis(input))


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
