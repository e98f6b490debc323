"""Non-maximum suppression: of boxes that overlap, keep the one that scores best."""

import numpy as np

from reference.boxes.geometry import by_falling_scores, check_boxes, iou


def nms(boxes: np.ndarray, scores: np.ndarray, *, iou_threshold: float) -> np.ndarray:
    """Keep the best box, drop those that overlap it too much, and go on with the rest.

        Boxes in order of falling scores; a box is kept unless its IoU with one that
        is kept is above iou_threshold. An IoU of just the threshold is kept, and so
        is one of NaN, of two boxes without area.

    Of equal scores the one with the lower index comes first. All boxes are of one
    kind here; the notes do not say so, and `batched_nms` is for several.

    Shapes:
        boxes   (n, 4): left ≤ right and top ≤ bottom, as left, top, right, bottom
        scores  (n)
        result  (number that are kept), int64: where they are, by falling scores

    Raises:
        ValueError: shapes that do not fit each other.

    Source: torchvision's documentation of torchvision.ops.nms, which leaves the order
        of equal scores open.
    """
    check_boxes("boxes", boxes, axes=2)
    _check_one_each("scores", scores, boxes)
    kept = []
    for n in by_falling_scores(scores):
        if not any(iou(boxes[n], boxes[k]) > iou_threshold for k in kept):
            kept.append(n)
    return np.array(kept, np.int64)


def batched_nms(
    boxes: np.ndarray, scores: np.ndarray, idxs: np.ndarray, *, iou_threshold: float
) -> np.ndarray:
    """Suppress boxes by better ones of their own class only.

        The union of nms of each class, by falling scores

    torchvision moves the boxes of class c by c · (largest coordinate + 1) and then
    takes `nms`: the same, if no coordinate is negative and the sums do not round.

    Shapes:
        boxes   (n, 4): left ≤ right and top ≤ bottom, as left, top, right, bottom
        scores  (n)
        idxs    (n), int64: the class of each box
        result  (number that are kept), int64: where they are, by falling scores

    Raises:
        ValueError: shapes that do not fit each other.

    Source: torchvision's documentation of torchvision.ops.batched_nms.
    """
    check_boxes("boxes", boxes, axes=2)
    _check_one_each("scores", scores, boxes)
    _check_one_each("idxs", idxs, boxes)
    kept = set()
    for index in {*idxs.tolist()}:
        of_class = np.flatnonzero(idxs == index)
        among = nms(boxes[of_class], scores[of_class], iou_threshold=iou_threshold)
        kept.update(of_class[among].tolist())
    ordered = [n for n in by_falling_scores(scores) if n in kept]
    return np.array(ordered, np.int64)


def _check_one_each(name, numbers, boxes):
    if numbers.shape != (len(boxes),):
        raise ValueError(
            f"{name} has shape {numbers.shape}; it must be ({len(boxes)},)"
        )
