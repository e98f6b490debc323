"""The laws of reference/grid_assignment.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.boxes.strategies import MANY, boxed, image_boxes
from properties.strategies import codes
from reference.boxes.grid_assignment import grid_cells, grid_output_size

# --- strategies

grids = st.sampled_from([7, 1, 2, 3, 4, 13])


def eighths(n):
    """Boxes of k/8 in the unit square, with middles on its borders too."""
    return codes((n, 4)).map(
        lambda code: (
            boxed(code[:, :2] % 9 - code[:, 2:] % 4.0, 2 * (code[:, 2:] % 4)) / 8
        )
    )


# --- identities


@given(eighths(5), grids)
def test_grid_cells_has_each_middle_in_one_cell(boxes, grid):
    """i ≤ y · grid < i + 1, or the last cell if y = 1; likewise x"""
    middles = (boxes[:, :2] + boxes[:, 2:])[:, ::-1] / 2
    cells = grid_cells(boxes, grid=grid)
    assert ((cells >= 0) & (cells < grid)).all()
    assert (cells <= middles * grid).all()
    assert ((middles * grid < cells + 1) | (middles == 1)).all()


# --- invariances


@given(eighths(5), grids)
def test_grid_cells_is_equivariant_under_transposition(boxes, grid):
    """x and y exchanged: row and column exchanged"""
    left = grid_cells(boxes[:, [1, 0, 3, 2]], grid=grid)
    assert_equal(left, grid_cells(boxes, grid=grid)[:, ::-1])


# --- special cases


def test_grid_cells_of_middles_on_edges():
    """A middle on an edge is in the cell that begins there; at 1, in the last."""
    middles = np.array([[0.0, 0.5], [0.5, 0.25], [1.0, 1.0]])
    actual = grid_cells(np.tile(middles, 2), grid=2)
    assert_equal(actual, np.array([[1, 0], [0, 1], [1, 1]]))


def test_grid_output_size_of_the_paper():
    """7 × 7 cells of 2 boxes and 20 classes: 7 × 7 × 30"""
    assert grid_output_size(grid=7, boxes=2, classes=20) == (7, 7, 30)


@given(*[st.integers(1, 30)] * 3)
def test_grid_output_size_grows_by_five_with_each_box(grid, boxes, classes):
    """5 · boxes + classes numbers for each of grid² cells"""
    first = grid_output_size(grid=grid, boxes=boxes, classes=classes)
    more = grid_output_size(grid=grid, boxes=boxes + 1, classes=classes)
    assert np.subtract(more, first).tolist() == [0, 0, 5]


# --- errors


def test_grid_operations_reject_what_is_no_grid():
    """There is at least one cell, box and class."""
    with pytest.raises(ValueError, match="grid is 0"):
        grid_cells(np.zeros((1, 4)), grid=0)
    with pytest.raises(ValueError, match="has shape"):
        grid_cells(np.zeros(4), grid=1)
    with pytest.raises(ValueError, match="classes is 0"):
        grid_output_size(grid=1, boxes=1, classes=0)


# --- agreement


@given(MANY.flatmap(image_boxes), grids)
def test_grid_cells_agrees_with_backend(backend, boxes, grid):
    """The backend finds the cells that the definition finds."""
    boxes = np.clip(boxes, 0, 1)
    agree(backend, grid_cells, boxes, constant=("boxes",), grid=grid)


@given(MANY.flatmap(eighths), grids)
def test_grid_cells_agrees_with_backend_on_edges(backend, boxes, grid):
    """Middles on edges between cells, and on the borders of the image"""
    agree_exactly(backend, grid_cells, boxes, grid=grid)
