"""How much boxes overlap."""

import numpy as np

from reference.boxes.geometry import check_boxes, iou


def box_iou(boxes1: np.ndarray, boxes2: np.ndarray) -> np.ndarray:
    """Measure the overlap of each of some boxes with each of others.

        IoU[i, j] = intersection / union,  union = area₁[i] + area₂[j] − intersection
        intersection = max(0, min(right₁, right₂) − max(left₁, left₂))
                     · max(0, min(bottom₁, bottom₂) − max(top₁, top₂))

    Also called the Jaccard index. Two boxes without area give 0 / 0, NaN.

    Shapes:
        boxes1  (n, 4): left ≤ right and top ≤ bottom, as left, top, right, bottom
        boxes2  (m, 4): likewise
        result  (n, m), boxes1's dtype

    Raises:
        ValueError: boxes of another shape.

    Source: torchvision's documentation of torchvision.ops.box_iou.
    """
    check_boxes("boxes1", boxes1, axes=2)
    check_boxes("boxes2", boxes2, axes=2)
    overlaps = np.zeros((len(boxes1), len(boxes2)), boxes1.dtype)
    for i, j in np.ndindex(overlaps.shape):
        overlaps[i, j] = iou(boxes1[i], boxes2[j])
    return overlaps
