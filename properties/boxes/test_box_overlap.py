"""The laws of reference/box_overlap.py, then its agreement with the backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.arithmetic.taped import gradient
from properties.boxes.strategies import (
    COUNTS,
    fraction_boxes,
    moderate_boxes,
    spread_boxes,
    whole_boxes,
)
from reference.boxes.box_formats import box_area, scale_boxes
from reference.boxes.box_overlap import box_iou

# --- strategies


@st.composite
def pairs(draw, boxes):
    """Two lists of boxes; at times one is as long as what kernels are tiled by."""
    n, m, turn = draw(COUNTS), draw(COUNTS), draw(st.integers(0, 11))
    if turn < 3:
        n, m = [(33, 1), (1, 65), (17, 2)][turn]
    return draw(boxes(n)), draw(boxes(m))


def inside(box):
    """Which of the unit squares from −8 to 24 a box of whole numbers covers."""
    at = np.arange(-8, 24)
    left, top, right, bottom = box
    columns, rows = (left <= at) & (at < right), (top <= at) & (at < bottom)
    return rows[:, None] & columns


# --- algebra


@given(fraction_boxes(3), fraction_boxes(2))
def test_box_iou_is_commutative(a, b):
    """IoU(a, b) = IoU(b, a)ᵀ"""
    assert_equal(box_iou(a, b), box_iou(b, a).T)


@given(fraction_boxes(3), fraction_boxes(3))
def test_box_iou_is_bounded_by_zero_and_one(a, b):
    """0 ≤ IoU ≤ 1, and 1 of equal boxes only"""
    overlaps = box_iou(a, b)
    assert (overlaps >= 0).all()
    assert (overlaps <= 1).all()
    assert_equal(overlaps == 1, (a[:, None] == b).all(axis=2))


@given(fraction_boxes(3))
def test_box_iou_has_ones_on_its_diagonal(boxes):
    """IoU(a, a) = 1"""
    assert (np.diag(box_iou(boxes, boxes)) == 1).all()


@given(fraction_boxes(3))
def test_box_iou_makes_a_distance_that_obeys_the_triangle_inequality(boxes):
    """d(a, c) ≤ d(a, b) + d(b, c), with d = 1 − IoU: the Jaccard distance"""
    distance = 1 - box_iou(boxes, boxes)
    for a, b, c in np.ndindex(3, 3, 3):
        assert distance[a, c] <= distance[a, b] + distance[b, c]


@given(fraction_boxes(2))
def test_box_iou_counts_what_is_in_both_boxes_once(boxes):
    """area(a) + area(b) = union + intersection, intersection = IoU · union"""
    overlap = box_iou(boxes[:1], boxes[1:])[0, 0]
    union = sum(box_area(boxes)) / (1 + overlap)
    left, top = boxes[:, :2].max(axis=0)
    right, bottom = boxes[:, 2:].min(axis=0)
    shared = box_area(np.array([left, top, right, bottom], object))[()]
    assert overlap * union == (shared if left < right and top < bottom else 0)


# --- invariances


@given(fraction_boxes(2), fraction_boxes(2), st.fractions(-9, 9, max_denominator=9))
def test_box_iou_is_invariant_under_translation(a, b, by):
    """IoU(a + t, b + t) = IoU(a, b)"""
    assert_equal(box_iou(a + by, b + by), box_iou(a, b))


@given(fraction_boxes(2), fraction_boxes(2), st.integers(1, 9), st.integers(1, 9))
def test_box_iou_is_invariant_under_scaling(a, b, height, width):
    """Pixels or shares of the image, whatever its sides: the IoU is the same."""
    size = Fraction(height, 4), Fraction(width, 4)
    left = box_iou(scale_boxes(a, size=size), scale_boxes(b, size=size))
    assert_equal(left, box_iou(a, b))


@given(fraction_boxes(3), fraction_boxes(2), st.permutations(range(3)))
def test_box_iou_is_equivariant_under_permutation(a, b, order):
    """The boxes of the one list in another order: the rows in that order"""
    assert_equal(box_iou(a[order], b), box_iou(a, b)[order])


# --- special cases


@given(whole_boxes(2, least=1))
def test_box_iou_counts_pixels(boxes):
    """IoU = |A ∩ B| / |A ∪ B|, of the sets of pixels that the boxes cover"""
    a, b = map(inside, boxes)
    actual = box_iou(boxes[:1], boxes[1:])[0, 0]
    assert actual == (a & b).sum() / (a | b).sum()


@given(fraction_boxes(1), st.tuples(*[st.fractions(0, 1, max_denominator=8)] * 4))
def test_box_iou_of_a_box_in_another_is_the_ratio_of_their_areas(outer, at):
    """IoU(inner, outer) = area(inner) / area(outer)"""
    left, top, right, bottom = outer[0]
    x, y = sorted(at[:2]), sorted(at[2:])
    width, height = right - left, bottom - top
    inner = outer.copy()
    inner[0, 0::2] = [left + x[0] * width, left + x[1] * width]
    inner[0, 1::2] = [top + y[0] * height, top + y[1] * height]
    assert box_iou(inner, outer)[0, 0] == (box_area(inner) / box_area(outer))[0]


def test_box_iou_of_boxes_that_touch_is_zero():
    """A common edge or corner has no area."""
    boxes = np.array([[0.0, 0, 2, 2], [2, 0, 3, 2], [2, 2, 3, 3]])
    assert_equal(box_iou(boxes, boxes), np.eye(3))


def test_box_iou_of_boxes_without_area():
    """A line or a point overlaps nothing; two of them give 0 / 0."""
    boxes = np.array([[0.0, 0, 2, 2], [1, 0, 1, 2], [1, 1, 1, 1]])
    with np.errstate(invalid="ignore"):
        overlaps = box_iou(boxes, boxes)
    assert_equal(overlaps[0], np.array([1.0, 0, 0]))
    assert np.isnan(overlaps[1:, 1:]).all()


# --- gradients


@given(fraction_boxes(2), fraction_boxes(2))
def test_box_iou_has_gradients_that_shifts_and_scales_annihilate(a, b):
    """Σ ∂IoU/∂x = 0 and Σ x · ∂IoU/∂x = 0, over the boxes of a pair"""
    for i, j in np.ndindex(2, 2):
        one = a[i : i + 1], b[j : j + 1]
        slopes = np.stack(gradient(box_iou, one, np.ones((1, 1), int)))
        assert slopes[:, 0, 0::2].sum() == 0
        assert slopes[:, 0, 1::2].sum() == 0
        assert (np.stack(one) * slopes).sum() == 0


def test_box_iou_has_no_gradient_where_boxes_are_apart():
    """IoU is 0 around there: it does not tell boxes to move closer."""
    a, b = np.array([[0.0, 0, 1, 1]]), np.array([[3.0, 0, 4, 1]])
    for slopes in gradient(box_iou, (a, b), np.ones((1, 1))):
        assert not slopes.any()


@pytest.mark.parametrize("side", [0, 1])
def test_box_iou_has_half_a_gradient_where_boxes_touch(side):
    """Nearer they overlap, apart they do not: ½ · height / (area + area)"""
    a = np.array([[0.0, 0, 1, 1]])
    slopes, _ = gradient(box_iou, (a, a + np.eye(2)[[side, side]].ravel()), np.eye(1))
    assert_equal(slopes.astype(float)[0], np.eye(4)[2 + side] / 4)


# --- errors


def test_box_iou_rejects_what_are_no_lists_of_boxes():
    """A ValueError says which of the two it is."""
    boxes = np.zeros((2, 4))
    for problem, arguments in [
        ("boxes1 has shape", (boxes[0], boxes)),
        ("boxes2 has shape", (boxes, boxes[:, :3])),
    ]:
        with pytest.raises(ValueError, match=problem):
            box_iou(*arguments)


# --- agreement


@given(pairs(moderate_boxes))
def test_box_iou_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, box_iou, *example)


@given(pairs(spread_boxes))
def test_box_iou_agrees_with_backend_on_any_magnitude(backend, example):
    """The same forwards, of boxes whose areas may overflow or underflow"""
    agree(backend, box_iou, *example, constant=("boxes1", "boxes2"))


@given(pairs(whole_boxes))
def test_box_iou_agrees_with_backend_where_boxes_touch(backend, example):
    """Boxes that touch, are equal, hold each other or have no area"""
    agree_exactly(backend, box_iou, *example)
