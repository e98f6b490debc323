"""How far predicted offsets of boxes are from what they should be."""

import numpy as np

from reference.arguments import same_shape
from reference.numbers import quotient


def bbox_eval(
    bbox_preds: np.ndarray, bbox_labels: np.ndarray, bbox_masks: np.ndarray
) -> np.ndarray:
    """Add up the absolute errors of offsets that count: a sum, not a mean.

        y = Σ_i |(bbox_labels[i] − bbox_preds[i]) · bbox_masks[i]|

    Shapes:
        bbox_preds, bbox_labels  any, the same shape
        bbox_masks               the same, 1 where an anchor has an object, else 0
        result                   (), bbox_preds' dtype

    Units: those of the offsets.

    Raises:
        ValueError: different shapes.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox
        Detection", bbox_eval.
    """
    same_shape("bbox_preds and bbox_labels", bbox_preds, bbox_labels)
    same_shape("bbox_preds and bbox_masks", bbox_preds, bbox_masks)
    y = np.zeros((), bbox_preds.dtype)
    for i in np.ndindex(bbox_preds.shape):
        y[()] += abs((bbox_labels[i] - bbox_preds[i]) * bbox_masks[i])
    return y


def bbox_mae(
    bbox_preds: np.ndarray, bbox_labels: np.ndarray, bbox_masks: np.ndarray
) -> np.ndarray:
    """Average the absolute errors of the offsets that count.

        y = bbox_eval(…) / Σ_i bbox_masks[i]

    The notes divide by all offsets, those of the background included, for which the
    error is 0 by definition: the fewer objects there are, the smaller is their number.

    Shapes:
        bbox_preds, bbox_labels, bbox_masks  as of `bbox_eval`
        result                               (), bbox_preds' dtype

    Units: those of the offsets; 0 / 0, NaN, where there is no object.

    Raises:
        ValueError: as `bbox_eval`.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox
        Detection", corrected.
    """
    total = bbox_eval(bbox_preds, bbox_labels, bbox_masks)
    count = np.zeros((), bbox_preds.dtype)
    for mask in bbox_masks.flat:
        count[()] += mask
    total[()] = quotient(total[()], count[()])
    return total
