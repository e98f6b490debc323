"""Known issues of operations on boxes."""

import numpy as np

from properties.known_issues.issue import KnownIssue


def lands_on_another_class(boxes, scores, idxs, **options):
    """Whether boxes of several classes, some left of 0, are moved by max + 1."""
    return bool((idxs != idxs[:1]).any() and (boxes < 0).any())


def rounds_when_moved(boxes, scores, idxs, **options):
    """Whether boxes, moved by class · (max + 1), lose 1/1000 of a side or more."""
    if not boxes.size:
        return False
    farthest = abs(idxs).max() * (abs(boxes).max() + 1)
    sides = boxes[:, 2:] - boxes[:, :2]
    return bool(1000 * np.spacing(np.float32(farthest)) > sides.min())


KNOWN_ISSUES = [
    KnownIssue(
        operation="batched_nms",
        title="boxes left of 0 are moved onto those of another class",
        link="https://github.com/pytorch/vision/issues/7659",
        backend="torchvision",
        versions=("0.28.0",),
        dtypes=("float64", "float32"),
        region=lands_on_another_class,
        example=(
            (
                np.array([[0, 0, 1, 1], [-2, -2, -1, -1.0]]),
                np.array([1, 0.5]),
                np.array([0, 1]),
            ),
            {"iou_threshold": 0.5},
        ),
    ),
    KnownIssue(
        operation="batched_nms",
        title="boxes of class 1000000 are rounded when they are moved: both are kept",
        link="https://github.com/MultimediaTechLab/YOLO/pull/234",
        backend="torchvision",
        versions=("0.28.0",),
        dtypes=("float32",),
        region=rounds_when_moved,
        example=(
            (
                np.array([[0.25, 0.25, 0.28125, 0.28125]] * 2),
                np.array([1, 0.5]),
                np.array([10**6] * 2),
            ),
            {"iou_threshold": 0.5},
        ),
    ),
]
