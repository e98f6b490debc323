"""The cells of a grid in NumPy, under the names of reference/grid_assignment.py."""

import numpy as np

from properties.backends.numpy.boxes.box_offsets import middles_and_sizes


def grid_cells(boxes: np.ndarray, *, grid: int) -> np.ndarray:
    middle, _ = middles_and_sizes(boxes)
    cells = np.clip(np.floor(middle * grid), 0, grid - 1)
    return cells.astype(np.int64)[:, ::-1]
