"""Overlaps of boxes in NumPy, under the names of reference/box_overlap.py."""

import numpy as np

from properties.backends.numpy.boxes.box_formats import box_area


def box_iou(boxes1: np.ndarray, boxes2: np.ndarray) -> np.ndarray:
    near = np.maximum(boxes1[:, None, :2], boxes2[:, :2])
    far = np.minimum(boxes1[:, None, 2:], boxes2[:, 2:])
    shared = np.maximum(far - near, 0).prod(-1)
    return shared / (box_area(boxes1)[:, None] + box_area(boxes2) - shared)
