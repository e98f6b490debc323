"""What a single-shot detector is trained and judged by, and what it finds."""

import numpy as np

from reference.arguments import exact_rank
from reference.boxes.multibox import bbox_loss, multibox_detection
from reference.classification.cross_entropy import cross_entropy
from reference.classification.softmax import softmax
from reference.evaluation.accuracy import cls_eval


def calc_loss(
    cls_preds: np.ndarray,
    cls_labels: np.ndarray,
    bbox_preds: np.ndarray,
    bbox_labels: np.ndarray,
    bbox_masks: np.ndarray,
) -> np.ndarray:
    """Add the mean cross-entropy of an image's anchors to the error of their offsets.

        L[n] = Σ_a cross_entropy(cls_preds[n, a], cls_labels[n, a]) / anchors
               + Σ_k |bbox_preds[n, k] − bbox_labels[n, k]| · mask[n, k] / (4 · anchors)

    Shapes:
        cls_preds    (batch, anchors, 1 + classes), logits, the background's first
        cls_labels   (batch, anchors), ints
        bbox_preds, bbox_labels, bbox_masks  (batch, 4 · anchors), as of `bbox_loss`
        result       (batch), cls_preds' dtype

    Units: background counts as exact, as in `bbox_loss`: the fewer objects, the less
        do offsets count. `bbox_mae` divides by those that have an object.

    Raises:
        ValueError: shapes other than these.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox Detection".
    """
    exact_rank("cls_preds", cls_preds, "batch anchors classes")
    batch, anchors, _ = cls_preds.shape
    if cls_labels.shape != (batch, anchors) or bbox_preds.shape != (batch, 4 * anchors):
        raise ValueError(
            f"cls_preds has shape {cls_preds.shape}, cls_labels {cls_labels.shape}, "
            f"bbox_preds {bbox_preds.shape}; they must be of as many anchors"
        )
    losses = bbox_loss(bbox_preds, bbox_labels, bbox_masks)
    for n in range(batch):
        losses[n] += cross_entropy(cls_preds[n], cls_labels[n], reduction="mean")[()]
    return losses


def class_error(cls_preds: np.ndarray, cls_labels: np.ndarray) -> np.ndarray:
    """Take the share of anchors whose most probable class is wrong.

        1 − cls_eval(cls_preds, cls_labels) / number of labels

    Shapes: as of `accuracy`; the result is (), cls_preds' dtype.

    Raises:
        ValueError: shapes that do not fit each other, or no labels.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox Detection".
    """
    if not cls_labels.size:
        raise ValueError(f"cls_labels has shape {cls_labels.shape}; there are none")
    error = np.zeros((), cls_preds.dtype)
    error[()] += cls_labels.size - int(cls_eval(cls_preds, cls_labels))
    error[()] /= cls_labels.size
    return error


def detect(
    cls_preds: np.ndarray,
    bbox_preds: np.ndarray,
    anchors: np.ndarray,
    *,
    nms_threshold: float = 0.5,
    pos_threshold: float = 0.009999999,
) -> np.ndarray:
    """Find the objects of one image: what `multibox_detection` gives a class.

        probs[0, k, a] = softmax_k(cls_preds[0, a, k])
        Rows of multibox_detection(probs, bbox_preds, anchors) with class ≠ −1

    Shapes:
        cls_preds   (1, anchors, 1 + classes), logits, the background's first
        bbox_preds  (1, 4 · anchors)
        anchors     (1, anchors, 4)
        result      (number found, 6): class, confidence, left, top, right, bottom

    Raises:
        ValueError: more than one image, or as `multibox_detection`.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox Detection".
    """
    if cls_preds.ndim != 3 or len(cls_preds) != 1:
        raise ValueError(
            f"cls_preds has shape {cls_preds.shape}; it must be (1, anchors, classes)"
        )
    probs = np.moveaxis(softmax(cls_preds, dim=2), 2, 1)
    thresholds = {"nms_threshold": nms_threshold, "pos_threshold": pos_threshold}
    [rows] = multibox_detection(probs, bbox_preds, anchors, **thresholds)
    found = [row for row in rows if row[0] >= 0]
    return np.array(found, rows.dtype).reshape(-1, 6)
