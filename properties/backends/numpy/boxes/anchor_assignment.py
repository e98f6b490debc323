"""Assignment of anchors in NumPy, as reference/anchor_assignment.py names it."""

import numpy as np

from properties.backends.numpy.boxes.box_overlap import box_iou


def assign_anchor_to_bbox(
    ground_truth: np.ndarray, anchors: np.ndarray, *, iou_threshold: float
) -> np.ndarray:
    overlaps = box_iou(anchors, ground_truth)
    if not overlaps.size:
        return np.full(len(anchors), -1)
    assigned = np.where(overlaps.max(1) >= iou_threshold, overlaps.argmax(1), -1)
    for _ in range(min(overlaps.shape)):
        anchor, truth = np.unravel_index(overlaps.argmax(), overlaps.shape)
        assigned[anchor] = truth
        overlaps[anchor], overlaps[:, truth] = -1, -1
    return assigned
