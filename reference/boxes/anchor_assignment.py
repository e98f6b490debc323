"""Which ground truth an anchor is to find."""

from itertools import product

import numpy as np

from reference.boxes.box_overlap import box_iou


def assign_anchor_to_bbox(
    ground_truth: np.ndarray, anchors: np.ndarray, *, iou_threshold: float = 0.5
) -> np.ndarray:
    """Assign ground truths to anchors that overlap them, and one anchor to each.

        map[a] = argmax_g IoU[a, g] where that IoU ≥ iou_threshold, else −1
        Then, of anchors and ground truths that have not been paired yet, again and
        again the two of largest IoU are: map[a] = g, however small the IoU.

    The second rule is not in the notes; without it small objects would have no anchor.
    Ties go to the lower anchor, then to the lower ground truth. If there are more
    ground truths than anchors, the rest of them goes without.

    Shapes:
        ground_truth  (m, 4): left, top, right, bottom
        anchors       (n, 4): likewise
        result        (n), int64: indices of ground truths, −1 for background

    Raises:
        ValueError: boxes of another shape.

    Source: Zhang et al., "Dive into Deep Learning", section 14.4.3.1.
    """
    overlaps = box_iou(anchors, ground_truth)
    anchors_left, truths_left = (list(range(n)) for n in overlaps.shape)
    assigned = np.full(len(anchors), -1, np.int64)
    for a in anchors_left if truths_left else []:
        best = _argmax(overlaps, product([a], truths_left))
        if overlaps[best] >= iou_threshold:
            assigned[a] = best[1]
    while anchors_left and truths_left:
        a, g = _argmax(overlaps, product(anchors_left, truths_left))
        assigned[a] = g
        anchors_left.remove(a)
        truths_left.remove(g)
    return assigned


def _argmax(table, places):
    """The place of the greatest number, the first of several."""
    best = next(places)
    for place in places:
        if table[place] > table[best]:
            best = place
    return best
