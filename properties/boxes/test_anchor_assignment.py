"""The laws of reference/anchor_assignment.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.boxes.strategies import crowded_boxes, slim_boxes
from reference.boxes.anchor_assignment import assign_anchor_to_bbox
from reference.boxes.box_overlap import box_iou

# --- strategies

ANCHORS = st.sampled_from([3, 4, 2, 5, 1, 6, 0] * 2 + [33])
TRUTHS = st.sampled_from([2, 1, 3, 0])
MANY = st.sampled_from([3, 4, 2, 5, 1, 6, 0] * 2 + [33, 65])
thresholds = st.sampled_from([0.5, 0.25, 0.0, 1.0])


@st.composite
def assignments(draw, boxes, thresholds=thresholds, *, anchors=ANCHORS):
    """Ground truths, at times more of them than anchors, anchors, and a threshold."""
    n, m = draw(anchors), draw(TRUTHS)
    return (draw(boxes(m)), draw(boxes(n))), {"iou_threshold": draw(thresholds)}


exact = assignments(slim_boxes)

# --- identities


@given(exact)
def test_assign_anchor_to_bbox_gives_every_ground_truth_an_anchor(example):
    """Each ground truth is some anchor's, if there are as many anchors."""
    (truths, anchors), options = example
    assigned = assign_anchor_to_bbox(truths, anchors, **options)
    found = {*assigned.tolist()} - {-1}
    assert found <= {*range(len(truths))}
    assert len(found) == len(truths) or len(anchors) < len(truths)


@given(exact)
def test_assign_anchor_to_bbox_assigns_by_overlap_or_by_force(example):
    """Few anchors have less than the threshold, or another than their best truth."""
    (truths, anchors), options = example
    assigned = assign_anchor_to_bbox(truths, anchors, **options)
    overlaps = box_iou(anchors, truths)
    forced = 0
    for row, g in zip(overlaps, assigned):
        best = row.max(initial=-1)
        if g >= 0 and not (row[g] == best >= options["iou_threshold"]):
            forced += 1
        assert g >= 0 or best < options["iou_threshold"] or not len(truths)
    assert forced <= len(truths)


@given(exact)
def test_assign_anchor_to_bbox_gives_the_best_pair_to_each_other(example):
    """The anchor and the ground truth of the largest IoU of all are paired."""
    (truths, anchors), options = example
    if len(truths) and len(anchors):
        overlaps = box_iou(anchors, truths)
        a, g = np.unravel_index(overlaps.argmax(), overlaps.shape)
        assert assign_anchor_to_bbox(truths, anchors, **options)[a] == g


# --- invariances


@given(exact, st.integers(-9, 9), st.sampled_from([0.5, 1, 4]))
def test_assign_anchor_to_bbox_is_invariant_under_similarity(example, shift, scale):
    """assign(a · boxes + b) = assign(boxes), as IoU is"""
    tensors, options = example
    left = assign_anchor_to_bbox(*[scale * t + shift for t in tensors], **options)
    assert_equal(left, assign_anchor_to_bbox(*tensors, **options))


def test_assign_anchor_to_bbox_is_equivariant_under_permutation():
    """Without ties, anchors in another order have the same ground truths."""
    truths, anchors = np.array([[0.0, 0, 6, 6]]), np.array([[0.0, 0, 1, 1]] * 3)
    anchors[:, 2:] = [[3, 4], [6, 5], [1, 6]]
    for order in ([0, 1, 2], [2, 0, 1], [1, 0, 2]):
        actual = assign_anchor_to_bbox(truths, anchors[order], iou_threshold=0.5)
        assert_equal(actual, np.array([-1, 0, -1])[order])


# --- special cases


@given(exact)
def test_assign_anchor_to_bbox_of_threshold_zero_has_no_background(example):
    """IoU ≥ 0 of all: every anchor has a ground truth, if there is any."""
    (truths, anchors), _ = example
    assigned = assign_anchor_to_bbox(truths, anchors, iou_threshold=0.0)
    assert (assigned >= 0).all() == bool(len(truths) or not len(anchors))


@given(exact)
def test_assign_anchor_to_bbox_beyond_any_overlap_is_one_to_one(example):
    """Of a threshold above 1, only pairs by force are left."""
    (truths, anchors), _ = example
    assigned = assign_anchor_to_bbox(truths, anchors, iou_threshold=1.5)
    assert (assigned >= 0).sum() == min(len(truths), len(anchors))
    assert len({*assigned[assigned >= 0].tolist()}) == (assigned >= 0).sum()


def test_assign_anchor_to_bbox_forces_an_anchor_below_the_threshold():
    """IoUs of 0.16 and 0.04: not two backgrounds, one anchor has to find it."""
    truth = np.array([[0.0, 0, 1, 1]])
    anchors = np.array([[0.0, 0, 0.4, 0.4], [0, 0, 0.2, 0.2]])
    assert_equal(assign_anchor_to_bbox(truth, anchors), np.array([0, -1]))


def test_assign_anchor_to_bbox_assigns_an_overlap_of_just_the_threshold():
    """IoU = ½ ≥ ½; the first anchor is there by force."""
    truth = np.array([[0.0, 0, 2, 2]])
    anchors = np.array([[0.0, 0, 2, 2], [0, 0, 2, 1], [0, 0, 1, 1]])
    assert_equal(assign_anchor_to_bbox(truth, anchors), np.array([0, 0, -1]))


def test_assign_anchor_to_bbox_takes_a_ground_truth_that_is_claimed_elsewhere():
    """Anchor 1 is best for both ground truths; one takes it, one the next best."""
    truths = np.array([[0.0, 0, 4, 4], [0, 0, 4, 3]])
    anchors = np.array([[0.0, 0, 1, 1], [0, 0, 4, 4]])
    assert_equal(assign_anchor_to_bbox(truths, anchors), np.array([1, 0]))


def test_assign_anchor_to_bbox_of_ties_prefers_the_lower_index():
    """Equal anchors: the first has the first ground truth; the rest, that too."""
    same = np.array([[0.0, 0, 1, 1]] * 3)
    assert_equal(assign_anchor_to_bbox(same[:2], same), np.array([0, 1, 0]))


def test_assign_anchor_to_bbox_of_worked_example():
    """The five anchors and the two ground truths of the book"""
    truths = np.array([[0.1, 0.08, 0.52, 0.92], [0.55, 0.2, 0.9, 0.88]])
    anchors = np.array(
        [
            [0, 0.1, 0.2, 0.3],
            [0.15, 0.2, 0.4, 0.4],
            [0.63, 0.05, 0.88, 0.98],
            [0.66, 0.45, 0.8, 0.8],
            [0.57, 0.3, 0.92, 0.9],
        ]
    )
    actual = assign_anchor_to_bbox(truths, anchors, iou_threshold=0.5)
    assert_equal(actual, np.array([-1, 0, 1, -1, 1]))


# --- errors


def test_assign_anchor_to_bbox_rejects_what_are_no_boxes():
    """A ValueError says what the shape was."""
    with pytest.raises(ValueError, match="has shape"):
        assign_anchor_to_bbox(np.zeros((2, 5)), np.zeros((2, 4)))


# --- agreement


@given(assignments(crowded_boxes, st.floats(0.125, 0.875) | thresholds))
def test_assign_anchor_to_bbox_agrees_with_backend(backend, example):
    """The backend assigns what the definition assigns."""
    tensors, options = example
    constant = ("ground_truth", "anchors")
    agree(backend, assign_anchor_to_bbox, *tensors, constant=constant, **options)


@given(assignments(slim_boxes, anchors=MANY))
def test_assign_anchor_to_bbox_agrees_with_backend_on_ties(backend, example):
    """Equal IoUs, IoUs of 0 and of just the threshold"""
    tensors, options = example
    agree_exactly(backend, assign_anchor_to_bbox, *tensors, **options)
