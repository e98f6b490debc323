"""Training and predictions of anchors in NumPy, as reference/multibox.py has them."""

import numpy as np

from properties.backends.numpy.boxes.anchor_assignment import assign_anchor_to_bbox
from properties.backends.numpy.boxes.box_offsets import offset_boxes, offset_inverse
from properties.backends.numpy.boxes.suppression import nms


def multibox_target(
    anchors: np.ndarray, labels: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    parts = zip(*[image_target(anchors[0], rows) for rows in labels])
    offsets, masks, classes = (np.stack(part) for part in parts)
    return offsets, masks, classes


def image_target(
    anchors: np.ndarray, rows: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows = rows[rows[:, 0] >= 0]
    assigned = assign_anchor_to_bbox(rows[:, 1:], anchors, iou_threshold=0.5)
    found = assigned >= 0
    rows = rows[assigned[found]]
    classes, offsets = np.zeros(len(anchors), np.int64), np.zeros_like(anchors)
    classes[found] = rows[:, 0].astype(np.int64) + 1
    offsets[found] = offset_boxes(anchors[found], rows[:, 1:], eps=1e-6)
    masks = found.astype(anchors.dtype).repeat(4)
    return offsets.ravel(), masks, classes


def multibox_detection(
    cls_probs: np.ndarray,
    offset_preds: np.ndarray,
    anchors: np.ndarray,
    *,
    nms_threshold: float,
    pos_threshold: float,
) -> np.ndarray:
    output = []
    for probs, offsets in zip(cls_probs, offset_preds):
        confidence, classes = probs[1:].max(0), probs[1:].argmax(0)
        boxes = offset_inverse(anchors[0], offsets.reshape(-1, 4))
        kept = nms(boxes, confidence, iou_threshold=nms_threshold)
        removed = np.setdiff1d(np.arange(len(boxes)), kept)
        classes[removed] = -1
        unsure = confidence < pos_threshold
        classes[unsure] = -1
        confidence = np.where(unsure, 1 - confidence, confidence)
        rows = np.column_stack([classes.astype(boxes.dtype), confidence, boxes])
        output.append(rows[np.concatenate([kept, removed])])
    return np.stack(output)


def confident_detections(detections: np.ndarray, *, threshold: float) -> np.ndarray:
    return detections[(detections[:, 0] >= 0) & (detections[:, 1] >= threshold)]


def bbox_loss(
    bbox_preds: np.ndarray, bbox_labels: np.ndarray, bbox_masks: np.ndarray
) -> np.ndarray:
    return abs(bbox_preds * bbox_masks - bbox_labels * bbox_masks).mean(1)
