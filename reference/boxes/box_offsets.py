"""Boxes as offsets from other boxes, and back."""

import numpy as np

from reference.arguments import same_shape
from reference.boxes.geometry import centered, check_boxes, cornered


def bbox_transform(proposals: np.ndarray, ground_truth: np.ndarray) -> np.ndarray:
    """Say how to move and stretch each proposal onto its ground truth.

        ((x′ − x) / w, (y′ − y) / h, log(w′ / w), log(h′ / h))
        x, y, w, h: middle, width and height of the proposal; x′, … of the truth

    Shapes:
        proposals     (n, 4): left < right and top < bottom
        ground_truth  (n, 4): likewise
        result        (n, 4), proposals' dtype

    Raises:
        ValueError: shapes other than these.

    Source: Girshick et al., "Rich feature hierarchies for accurate object detection
        and semantic segmentation" (arXiv:1311.2524), appendix C.
    """
    return _offsets(proposals, ground_truth, 0)


def bbox_transform_inverse(proposals: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Move and stretch each proposal by offsets, as `bbox_transform` makes them.

        x′ = x + dx · w,  y′ = y + dy · h,  w′ = w · e^dw,  h′ = h · e^dh

    torchvision bounds dw and dh by log(1000 / 16), so that e^dw can't overflow.

    Shapes:
        proposals  (n, 4): left, top, right, bottom
        offsets    (n, 4): dx, dy, dw, dh
        result     (n, 4), proposals' dtype: left, top, right, bottom

    Raises:
        ValueError: shapes other than these.

    Source: Girshick et al. (arXiv:1311.2524), appendix C.
    """
    check_boxes("proposals", proposals, axes=2)
    same_shape("proposals and offsets", proposals, offsets)
    boxes = np.zeros(proposals.shape, proposals.dtype)
    for n, (dx, dy, dw, dh) in enumerate(offsets):
        x, y, w, h = centered(proposals[n])
        boxes[n] = cornered(x + dx * w, y + dy * h, w * np.exp(dw), h * np.exp(dh))
    return boxes


def offset_boxes(
    anchors: np.ndarray, assigned_bb: np.ndarray, *, eps: float = 1e-6
) -> np.ndarray:
    """Scale the offsets of boxes from anchors, so that they vary about as much as 1.

        (10 · (x′ − x) / w, 10 · (y′ − y) / h,
         5 · log(eps + w′ / w), 5 · log(eps + h′ / h))
        As `bbox_transform`, with means of 0 and deviations of 0.1, 0.1, 0.2, 0.2.

    eps keeps the logarithm of a box without a side finite, and makes `offset_inverse`
    give back w′ + eps · w.

    Shapes:
        anchors      (n, 4): left < right and top < bottom
        assigned_bb  (n, 4): left ≤ right and top ≤ bottom
        result       (n, 4), anchors' dtype

    Raises:
        ValueError: shapes other than these.

    Source: Zhang et al., "Dive into Deep Learning", section 14.4.3.2.
    """
    offsets = _offsets(anchors, assigned_bb, eps)
    for n, side in np.ndindex(offsets.shape):
        offsets[n, side] = (10 if side < 2 else 5) * offsets[n, side]
    return offsets


def offset_inverse(anchors: np.ndarray, offset_preds: np.ndarray) -> np.ndarray:
    """Make boxes of anchors and their predicted offsets.

        `bbox_transform_inverse` of (dx / 10, dy / 10, dw / 5, dh / 5)

    Shapes:
        anchors       (n, 4): left, top, right, bottom
        offset_preds  (n, 4): dx, dy, dw, dh, scaled as by `offset_boxes`
        result        (n, 4), anchors' dtype: left, top, right, bottom

    Raises:
        ValueError: shapes other than these.

    Source: Zhang et al., "Dive into Deep Learning", section 14.4.4.
    """
    check_boxes("offset_preds", offset_preds, axes=2)
    offsets = np.zeros(offset_preds.shape, offset_preds.dtype)
    for n, side in np.ndindex(offsets.shape):
        offsets[n, side] = offset_preds[n, side] / (10 if side < 2 else 5)
    return bbox_transform_inverse(anchors, offsets)


def _offsets(anchors, boxes, eps):
    check_boxes("anchors", anchors, axes=2)
    same_shape("anchors and boxes", anchors, boxes)
    offsets = np.zeros(anchors.shape, anchors.dtype)
    for n, (anchor, box) in enumerate(zip(anchors, boxes)):
        x, y, w, h = centered(anchor)
        to_x, to_y, to_w, to_h = centered(box)
        stretch = np.log(eps + to_w / w), np.log(eps + to_h / h)
        offsets[n] = (to_x - x) / w, (to_y - y) / h, *stretch
    return offsets
