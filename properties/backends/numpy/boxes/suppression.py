"""Non-maximum suppression in NumPy, under the names of reference/suppression.py."""

import numpy as np

from properties.backends.numpy.boxes.box_overlap import box_iou


def nms(boxes: np.ndarray, scores: np.ndarray, *, iou_threshold: float) -> np.ndarray:
    return batched_nms(boxes, scores, np.zeros(len(boxes)), iou_threshold=iou_threshold)


def batched_nms(
    boxes: np.ndarray, scores: np.ndarray, idxs: np.ndarray, *, iou_threshold: float
) -> np.ndarray:
    order = np.argsort(-scores, stable=True)
    kept = []
    while order.size:
        best, order = order[0], order[1:]
        kept.append(best)
        overlaps = box_iou(boxes[[best]], boxes[order])[0] > iou_threshold
        order = order[~(overlaps & (idxs[order] == idxs[best]))]
    return np.array(kept, np.int64)
