"""What the operations on boxes share: one box, or two, as four numbers."""

import numpy as np

from reference.numbers import quotient


def check_boxes(name: str, boxes: np.ndarray, axes: int | None = None) -> None:
    """Check that an array holds boxes, in a list if `axes` is 2.

    Raises:
        ValueError: its shape is another.
    """
    if boxes.shape[-1:] != (4,) or axes not in (None, boxes.ndim):
        wanted = "(*batch, 4)" if axes is None else "(n, 4)"
        raise ValueError(f"{name} has shape {boxes.shape}; it must be {wanted}")


def area(box):
    """What a box covers: left, top, right, bottom."""
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def centered(box):
    """The middle, the width and the height of a box."""
    left, top, right, bottom = box
    return (left + right) / 2, (top + bottom) / 2, right - left, bottom - top


def cornered(x, y, width, height):
    """The corners of a box of which the middle, the width and the height are known."""
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def surrounding(first, second):
    """The smallest box around two."""
    near = [np.minimum(a, b) for a, b in zip(first[:2], second[:2])]
    return *near, *(np.maximum(a, b) for a, b in zip(first[2:], second[2:]))


def iou(first, second):
    """The share of two boxes' union that they have in common.

    Boxes that only touch have nothing in common; 0 / 0, NaN, if neither has an area.
    """
    left, right = np.maximum(first[0], second[0]), np.minimum(first[2], second[2])
    top, bottom = np.maximum(first[1], second[1]), np.minimum(first[3], second[3])
    shared = 0  # and has no gradient, but where boxes touch
    if left <= right and top <= bottom:
        shared = np.maximum(right - left, 0) * np.maximum(bottom - top, 0)
    return quotient(shared, area(first) + area(second) - shared)


def by_falling_scores(scores):
    """Indices of scores, the greatest first; of equal ones the lower index first."""
    return sorted(range(len(scores)), key=lambda n: scores[n], reverse=True)
