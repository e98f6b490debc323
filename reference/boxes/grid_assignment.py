"""The grid of YOLO (You Only Look Once), each cell of which answers for objects."""

import numpy as np

from reference.arguments import check_least
from reference.boxes.geometry import centered, check_boxes


def grid_cells(boxes: np.ndarray, *, grid: int) -> np.ndarray:
    """Find the cell of a grid over the image that each box's middle is in.

        row = the largest i < grid with y · grid ≥ i, likewise column from x
        x, y: the middle of the box. A middle on an edge between cells is in the cell
        to the right or below; on the far border of the image, in the last one.

    The cells are no anchors: each predicts several boxes of its own.

    Shapes:
        boxes   (n, 4): left, top, right, bottom, with the middle in [0, 1]
        result  (n, 2), int64: row, column

    Units: boxes are in shares of the image's width and height.

    Raises:
        ValueError: boxes of another shape, or a grid below 1.

    Source: Redmon et al., "You Only Look Once: Unified, Real-Time Object Detection"
        (arXiv:1506.02640), section 2.
    """
    check_boxes("boxes", boxes, axes=2)
    check_least(1, grid=grid)
    cells = np.zeros((len(boxes), 2), np.int64)
    for n, box in enumerate(boxes):
        x, y, _, _ = centered(box)
        for axis, middle in enumerate((y, x)):
            cells[n, axis] = sum(middle * grid >= i for i in range(1, grid))
    return cells


def grid_output_size(*, grid: int, boxes: int, classes: int) -> tuple[int, int, int]:
    """Count what a grid predicts: for each cell, some boxes, and one set of classes.

        (grid, grid, 5 · boxes + classes): of a box x, y, w, h and confidence

    Raises:
        ValueError: a count below 1.

    Source: Redmon et al. (arXiv:1506.02640), section 2.
    """
    check_least(1, grid=grid, boxes=boxes, classes=classes)
    return grid, grid, 5 * boxes + classes
