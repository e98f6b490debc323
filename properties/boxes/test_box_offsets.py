"""The laws of reference/box_offsets.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.boxes.strategies import (
    MANY,
    image_boxes,
    moderate_boxes,
    spread,
    whole_boxes,
)
from reference.boxes.box_formats import box_convert, scale_boxes
from reference.boxes.box_offsets import (
    bbox_transform,
    bbox_transform_inverse,
    offset_boxes,
    offset_inverse,
)

# --- strategies

EPS = st.sampled_from([1e-6, 0.0, 0.125])
wholes = whole_boxes(3, least=1)


@st.composite
def boxes_of_anchors(draw, boxes):
    """Boxes, and as many anchors."""
    n = draw(MANY)
    return draw(boxes(n)), draw(boxes(n))


@st.composite
def offsets_of_anchors(draw, boxes):
    """Anchors, and offsets between −4 and 4."""
    n = draw(MANY)
    return draw(boxes(n)), 8 * draw(spread((n, 4))) - 4


def sides(boxes):
    return box_convert(boxes, in_fmt="xyxy", out_fmt="cxcywh")[:, 2:]


# --- identities


@given(wholes, wholes)
def test_bbox_transform_round_trips(proposals, truths):
    """Moved and stretched by what it takes, the proposals are the ground truths."""
    proposals = bounded(proposals)
    offsets = bbox_transform(proposals, bounded(truths))
    assert_equal(bbox_transform_inverse(proposals, offsets), bounded(truths))


@given(wholes, wholes)
def test_offset_boxes_round_trips_without_eps(anchors, truths):
    """offset_inverse(a, offset_boxes(a, b)) = b, with eps = 0"""
    anchors = bounded(anchors)
    offsets = offset_boxes(anchors, bounded(truths), eps=0)
    assert_equal(offset_inverse(anchors, offsets), bounded(truths))


@given(wholes, wholes, st.sampled_from([1e-6, 0.125]))
def test_offset_boxes_round_trips_up_to_eps(anchors, truths, eps):
    """w′ = w_truth + eps · w_anchor: eps in the logarithm makes boxes larger."""
    anchors, truths = bounded(anchors), bounded(truths)
    decoded = offset_inverse(anchors, offset_boxes(anchors, truths, eps=eps))
    assert_equal(sides(decoded), sides(truths) + eps * sides(anchors))


@given(wholes)
def test_bbox_transform_of_equal_boxes_is_zero(boxes):
    """No move and no stretch"""
    boxes = bounded(boxes)
    assert_equal(bbox_transform(boxes, boxes), np.zeros((3, 4)))


@given(wholes)
def test_bbox_transform_inverse_of_zero_is_the_proposal(boxes):
    """Offsets of 0 move and stretch nothing."""
    assert_equal(bbox_transform_inverse(boxes, np.zeros((3, 4))), boxes)
    assert_equal(offset_inverse(boxes, np.zeros((3, 4))), boxes)


# --- invariances


@given(wholes, wholes, st.integers(-9, 9), st.integers(1, 9), st.integers(1, 9))
def test_bbox_transform_is_invariant_under_shifts_and_scales(a, b, by, height, width):
    """Both boxes moved, or the image stretched: the offsets stay the same."""
    size = (height, width)
    left = bbox_transform(
        *[bounded(scale_boxes(boxes, size=size) + by) for boxes in (a, b)]
    )
    assert_equal(left, bbox_transform(bounded(a), bounded(b)))


@given(wholes, spread((3, 4)), st.integers(-9, 9))
def test_bbox_transform_inverse_is_equivariant_under_translation(boxes, offsets, by):
    """The box moves with its proposal."""
    offsets = bounded(offsets)
    left = bbox_transform_inverse(bounded(boxes + by), offsets)
    assert_equal(left, bbox_transform_inverse(bounded(boxes), offsets) + by)


# --- special cases


@given(wholes, wholes)
def test_offset_boxes_scales_those_of_bbox_transform(anchors, boxes):
    """Deviations of 0.1, 0.1, 0.2, 0.2 become 1: times 10, 10, 5, 5, with eps = 0."""
    anchors, boxes = bounded(anchors), bounded(boxes)
    right = bbox_transform(anchors, boxes) * np.array([10, 10, 5, 5])
    assert_equal(offset_boxes(anchors, boxes, eps=0), right)


@given(wholes, spread((3, 4)))
def test_offset_inverse_scales_those_of_bbox_transform_inverse(anchors, offsets):
    """Offsets are divided by 10, 10, 5, 5 first."""
    anchors, offsets = bounded(anchors), bounded(offsets)
    right = bbox_transform_inverse(anchors, offsets / np.array([10, 10, 5, 5]))
    assert_equal(offset_inverse(anchors, offsets), right)


@given(wholes, spread((3, 4)))
def test_offset_inverse_gives_boxes_with_an_area(anchors, offsets):
    """w′ > 0 and h′ > 0, whatever the offsets: e^x is positive."""
    assert (sides(offset_inverse(anchors, 40 * offsets - 20)) > 0).all()


def test_offset_boxes_of_a_box_without_sides_is_finite():
    """log(eps + 0): 5 · log(10⁻⁶) = −69.08, as of background; without eps, −∞"""
    anchors, points = np.array([[0.0, 0, 2, 2]]), np.array([[1.0, 1, 1, 1]])
    expected = 5 * np.log(bounded(np.full(2, 1e-6)))
    assert_equal(offset_boxes(bounded(anchors), bounded(points))[0, 2:], expected)
    with np.errstate(divide="ignore"):
        assert_equal(offset_boxes(anchors, points, eps=0)[0, 2:], np.full(2, -np.inf))


def test_offset_boxes_of_a_shift_by_a_tenth_is_one():
    """A box moved right by 0.1 widths and stretched by e^0.2: (1, 0, 1, 0)"""
    anchor = bounded(np.array([[0.0, 0, 1, 1]]))
    box = offset_inverse(anchor, bounded(np.array([[1.0, 0, 1, 0]])))
    expected = bounded(np.array([0.6, 0.5, 0, 1]))
    expected[2] = np.exp(bounded(np.array(0.2))[()])
    actual = box_convert(box, in_fmt="xyxy", out_fmt="cxcywh")[0]
    assert_equal(actual, expected)


# --- errors


def test_offsets_reject_what_does_not_fit():
    """There are as many offsets, or boxes, as anchors."""
    boxes = np.ones((2, 4))
    for operation in (bbox_transform, bbox_transform_inverse, offset_boxes):
        with pytest.raises(ValueError, match="have shapes"):
            operation(boxes, boxes[:1])
    with pytest.raises(ValueError, match="offset_preds has shape"):
        offset_inverse(boxes, boxes[0])
    with pytest.raises(ValueError, match="has shape"):
        bbox_transform(boxes[:, :3], boxes[:, :3])


# --- agreement


@given(boxes_of_anchors(moderate_boxes) | boxes_of_anchors(image_boxes))
def test_bbox_transform_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, bbox_transform, *example)


@given(offsets_of_anchors(moderate_boxes))
def test_bbox_transform_inverse_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, bbox_transform_inverse, *example)


@given(boxes_of_anchors(moderate_boxes) | boxes_of_anchors(image_boxes), EPS)
def test_offset_boxes_agrees_with_backend(backend, example, eps):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, offset_boxes, *example, eps=eps)


@given(offsets_of_anchors(moderate_boxes))
def test_offset_inverse_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, offset_inverse, *example)
