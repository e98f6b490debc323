"""What anchors are trained on, what comes of their predictions, and what they lose."""

import numpy as np

from reference.arguments import exact_rank, same_shape
from reference.boxes.anchor_assignment import assign_anchor_to_bbox
from reference.boxes.box_offsets import offset_boxes, offset_inverse
from reference.boxes.geometry import check_boxes
from reference.boxes.suppression import nms
from reference.numbers import floor, where_greatest


def multibox_target(
    anchors: np.ndarray, labels: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Label anchors with classes, and with offsets to the objects they are to find.

        map = `assign_anchor_to_bbox` of an image's objects
        class[a] = 1 + class of object map[a];  0, background, where map[a] is −1
        offset[a] = `offset_boxes` of anchor a and object map[a];  0 for background
        mask[a] = (1, 1, 1, 1);  (0, 0, 0, 0) for background

    A row of class −1 is padding, which images with fewer objects have: it claims no
    anchor. (d2l's PyTorch code lets it claim one; that of MXNet does not.)

    Shapes:
        anchors  (1, n, 4): left, top, right, bottom
        labels   (batch, objects, 5): class, left, top, right, bottom
        results  offsets (batch, 4 · n) and masks (batch, 4 · n), anchors' dtype;
                 classes (batch, n), int64

    Raises:
        ValueError: shapes other than these, or a class that is no whole number.

    Source: Zhang et al., "Dive into Deep Learning", section 14.4.3.3.
    """
    if labels.ndim != 3 or labels.shape[2] != 5:
        raise ValueError(f"labels has shape {labels.shape}; it must be (batch, n, 5)")
    boxes = _only(anchors)
    batch = len(labels)
    offsets = np.zeros((batch, len(boxes), 4), anchors.dtype)
    masks = np.zeros((batch, len(boxes), 4), anchors.dtype)
    classes = np.zeros((batch, len(boxes)), np.int64)
    for n, rows in enumerate(labels):
        objects = np.array([row for row in rows if row[0] >= 0], labels.dtype)
        objects = objects.reshape(-1, 5)
        assigned = assign_anchor_to_bbox(objects[:, 1:], boxes)
        for a in np.flatnonzero(assigned >= 0):
            found = objects[assigned[a] : assigned[a] + 1]
            offsets[n, a] = offset_boxes(boxes[a : a + 1], found[:, 1:])[0]
            masks[n, a] = 1
            classes[n, a] = 1 + _whole(found[0, 0])
    return offsets.reshape(batch, -1), masks.reshape(batch, -1), classes


def multibox_detection(
    cls_probs: np.ndarray,
    offset_preds: np.ndarray,
    anchors: np.ndarray,
    *,
    nms_threshold: float = 0.5,
    pos_threshold: float = 0.009999999,
) -> np.ndarray:
    """Turn predicted classes and offsets into boxes, best first, without repetitions.

        class[a], confidence[a] = the most probable class but background, numbered
                                  from 0, and how probable it is
        box[a] = `offset_inverse` of anchor a and its offsets
        Rows are the boxes that `nms` keeps, whatever their classes, then the others.
        class = −1 for those, and where confidence < pos_threshold; there, 1 −
        confidence, as of background, stands in its place.

    Shapes:
        cls_probs     (batch, 1 + classes, n): background first
        offset_preds  (batch, 4 · n)
        anchors       (1, n, 4): left, top, right, bottom
        result        (batch, n, 6), anchors' dtype:
                      class, confidence, left, top, right, bottom

    Raises:
        ValueError: shapes other than these, or no class but background.

    Source: Zhang et al., "Dive into Deep Learning", section 14.4.4.
    """
    exact_rank("cls_probs", cls_probs, "batch classes anchors")
    if cls_probs.shape[1] < 2:
        raise ValueError(f"cls_probs has shape {cls_probs.shape}; that is no class")
    boxes = _only(anchors)
    shapes = (len(cls_probs), 4 * len(boxes)), cls_probs.shape[2]
    if (offset_preds.shape, len(boxes)) != shapes:
        raise ValueError(
            f"cls_probs has shape {cls_probs.shape}, offset_preds "
            f"{offset_preds.shape}; of {len(boxes)} anchors they must be "
            f"(batch, classes, {len(boxes)}) and (batch, {4 * len(boxes)})"
        )
    output = np.zeros((len(cls_probs), len(boxes), 6), anchors.dtype)
    for n, probs in enumerate(cls_probs):
        predicted = offset_inverse(boxes, offset_preds[n].reshape(-1, 4))
        classes = [where_greatest(column[1:]) for column in probs.T]
        confidence = np.array([p[1 + k] for k, p in zip(classes, probs.T)], probs.dtype)
        kept = nms(predicted, confidence, iou_threshold=nms_threshold).tolist()
        removed = [a for a in range(len(boxes)) if a not in kept]
        for row, a in enumerate(kept + removed):
            is_sure = confidence[a] >= pos_threshold
            output[n, row, 0] = classes[a] if is_sure and a in kept else -1
            output[n, row, 1] = confidence[a] if is_sure else 1 - confidence[a]
            output[n, row, 2:] = predicted[a]
    return output


def confident_detections(detections: np.ndarray, *, threshold: float) -> np.ndarray:
    """Keep the detections of an object that are confident enough to be shown.

        Rows with class ≥ 0 and confidence ≥ threshold, in their order

    Shapes:
        detections  (n, 6), as an image's from `multibox_detection`
        result      (number that are kept, 6), detections' dtype

    Raises:
        ValueError: detections of another shape.

    Source: Zhang et al., "Dive into Deep Learning", section 14.7.3.
    """
    if detections.ndim != 2 or detections.shape[1] != 6:
        raise ValueError(f"detections has shape {detections.shape}; it must be (n, 6)")
    kept = [row for row in detections if row[0] >= 0 and row[1] >= threshold]
    return np.array(kept, detections.dtype).reshape(-1, 6)


def bbox_loss(
    bbox_preds: np.ndarray, bbox_labels: np.ndarray, bbox_masks: np.ndarray
) -> np.ndarray:
    """Average how far predicted offsets are off, background counted as exact.

        L[n] = Σ_k |preds · mask − labels · mask|[n, k] / (4 · anchors)

    Shapes:
        bbox_preds, bbox_labels, bbox_masks  (batch, 4 · anchors)
        result                               (batch), bbox_preds' dtype

    Raises:
        ValueError: shapes that differ, or other than these, or no anchors.

    Source: Zhang et al., "Dive into Deep Learning", section 14.7.2.
    """
    if 0 in bbox_preds.shape[1:]:
        raise ValueError(f"bbox_preds has shape {bbox_preds.shape}; that is no anchor")
    losses = np.zeros(len(bbox_preds), bbox_preds.dtype)
    for n, total in enumerate(_distances(bbox_preds, bbox_labels, bbox_masks)):
        losses[n] = total / bbox_preds.shape[1]
    return losses


def _distances(bbox_preds, bbox_labels, bbox_masks):
    """Of each image, Σ |preds − labels| · mask.

    Raises:
        ValueError: as `bbox_loss`.
    """
    exact_rank("bbox_preds", bbox_preds, "batch offsets")
    same_shape("bbox_preds and bbox_labels", bbox_preds, bbox_labels)
    same_shape("bbox_preds and bbox_masks", bbox_preds, bbox_masks)
    for pred, label, mask in zip(bbox_preds, bbox_labels, bbox_masks):
        yield sum(abs(p * m - t * m) for p, t, m in zip(pred, label, mask))


def _only(anchors):
    """The anchors, which all images of a batch share.

    Raises:
        ValueError: there is more than one set of them.
    """
    if anchors.ndim != 3 or len(anchors) != 1:
        raise ValueError(f"anchors has shape {anchors.shape}; it must be (1, n, 4)")
    check_boxes("anchors", anchors[0], axes=2)
    return anchors[0]


def _whole(number):
    """The whole number that one of another kind is: a label holds its class so.

    Raises:
        ValueError: it is none.
    """
    whole = floor(number)
    if whole != number:
        raise ValueError(f"a class is {number}; it must be a whole number")
    return whole
