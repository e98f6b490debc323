"""The laws of reference/suppression.py, then its agreement with the backends."""

from functools import cache, partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.boxes.strategies import crowded_boxes, spread, whole_boxes
from properties.strategies import codes
from reference.boxes.box_overlap import box_iou
from reference.boxes.suppression import batched_nms, nms

# --- strategies

COUNTS = st.sampled_from([4, 5, 3, 6, 2, 1, 0] * 3 + [33])
MANY = st.sampled_from([4, 5, 3, 6, 2, 1, 0] * 2 + [33, 65, 66])
"""Numbers of boxes; kernels compare them in blocks of 64."""

THRESHOLDS = st.sampled_from([0.5, 0.25, 0.0, 1.0])
"""Thresholds that IoUs of whole boxes hit, and that are exact in every dtype."""

any_threshold = st.floats(0.125, 0.875) | st.sampled_from([0.3, 0.7, 0.0, 1.0])
CLASSES = st.sampled_from([[0, 1], [2, 0, 5], [-1, 3], [7], [0, 10**6]])


@cache
def few_scores(shape):
    """Scores of which many are equal, negative ones too."""
    return codes(shape).map(lambda code: (code % 7 - 3.0) / 4)


@st.composite
def candidates(
    draw, boxes, scores, thresholds=THRESHOLDS, *, counts=COUNTS, classes=False
):
    """Boxes, scores, classes if there are any, and a threshold.

    Boxes of several classes are mostly to the right of 0 and below it.
    """
    n = draw(counts)
    tensors = [draw(boxes(n)), draw(scores((n,)))]
    if classes:
        numbers, drawn = draw(CLASSES), draw(codes((n + 1,)))
        tensors.append(np.array(numbers)[drawn[1:] % len(numbers)])
        if drawn[0] < 192:
            tensors[0] = tensors[0] - tensors[0].min(initial=0)
    return tensors, {"iou_threshold": draw(thresholds)}


def whole(*, counts=COUNTS, classes=False):
    """Whole boxes with an area, so that no IoU is NaN, and tied scores."""
    boxes = partial(whole_boxes, least=1)
    return candidates(boxes, few_scores, counts=counts, classes=classes)


# --- identities


@given(whole())
def test_nms_is_idempotent(example):
    """Of what is kept, all is kept, in the same order."""
    (boxes, scores), options = example
    kept = nms(boxes, scores, **options)
    again = nms(boxes[kept], scores[kept], **options)
    assert_equal(again, np.arange(len(kept)))


@given(whole())
def test_nms_keeps_boxes_that_overlap_little(example):
    """IoU ≤ threshold of any two boxes that are kept"""
    (boxes, scores), options = example
    kept = boxes[nms(boxes, scores, **options)]
    overlaps = box_iou(kept, kept) - np.eye(len(kept))
    assert (overlaps <= options["iou_threshold"]).all()


@given(whole())
def test_nms_removes_only_what_a_better_box_overlaps(example):
    """IoU > threshold with a box that is kept and comes before it"""
    (boxes, scores), options = example
    kept = nms(boxes, scores, **options)
    overlaps = box_iou(boxes, boxes)
    for n in {*range(len(boxes))} - {*kept.tolist()}:
        better = [k for k in kept if (-scores[k], k) < (-scores[n], n)]
        assert max(overlaps[n, better], default=0) > options["iou_threshold"]


@given(whole(classes=True))
def test_nms_is_by_falling_scores(example):
    """Scores fall, and of equal ones indices rise; the first is the best of all."""
    tensors, options = example
    for kept in (nms(*tensors[:2], **options), batched_nms(*tensors, **options)):
        keys = [(-tensors[1][k], k) for k in kept]
        assert keys == sorted(keys)
        every = [(-score, k) for k, score in enumerate(tensors[1])]
        assert keys[:1] == sorted(every)[:1]


# --- invariances


@given(whole(), st.integers(-9, 9), st.sampled_from([0.5, 1, 4]))
def test_nms_is_invariant_under_similarity(example, shift, scale):
    """nms(a · boxes + b) = nms(boxes), as IoU is"""
    (boxes, scores), options = example
    left = nms(scale * boxes + shift, scores, **options)
    assert_equal(left, nms(boxes, scores, **options))


@given(whole())
def test_nms_is_invariant_under_increasing_maps_of_scores(example):
    """nms(boxes, f(scores)) = nms(boxes, scores): the order of scores is all"""
    (boxes, scores), options = example
    left = nms(boxes, scores**3 + 5, **options)
    assert_equal(left, nms(boxes, scores, **options))


@given(whole(), st.randoms())
def test_nms_is_equivariant_under_permutation(example, random):
    """Without ties, boxes in another order are kept all the same."""
    (boxes, scores), options = example
    scores = np.argsort(np.argsort(scores)) + 0.0
    order = [*range(len(boxes))]
    random.shuffle(order)
    left = np.array(order, int)[nms(boxes[order], scores[order], **options)]
    assert_equal(left, nms(boxes, scores, **options))


@given(whole(classes=True), st.integers(1, 5), st.integers(-5, 5))
def test_batched_nms_is_invariant_under_renaming_of_classes(example, a, b):
    """Classes are only told apart: a · class + b gives the same."""
    (boxes, scores, idxs), options = example
    left = batched_nms(boxes, scores, a * idxs + b, **options)
    assert_equal(left, batched_nms(boxes, scores, idxs, **options))


# --- special cases


@given(whole())
def test_nms_of_threshold_one_keeps_all(example):
    """No IoU is above 1: equal boxes stay."""
    (boxes, scores), _ = example
    kept = nms(boxes, scores, iou_threshold=1.0)
    assert_equal(kept, np.argsort(-scores, stable=True))


def test_nms_keeps_an_overlap_of_just_the_threshold():
    """IoU = 1/2 is not above 1/2; above a threshold a little smaller, it is."""
    boxes, scores = np.array([[0.0, 0, 2, 2], [0, 0, 1, 2]]), np.array([1.0, 0.5])
    assert box_iou(boxes, boxes)[0, 1] == 0.5
    assert_equal(nms(boxes, scores, iou_threshold=0.5), np.array([0, 1]))
    assert_equal(nms(boxes, scores, iou_threshold=0.4375), np.array([0]))


def test_nms_of_equal_scores_prefers_the_lower_index():
    """Of two equal boxes with the same score the first stays."""
    boxes, scores = np.array([[0.0, 0, 1, 1]] * 2), np.array([1.0, 1.0])
    assert_equal(nms(boxes, scores, iou_threshold=0.5), np.array([0]))


def test_nms_removes_by_boxes_that_are_kept_alone():
    """A box that has been removed removes no other: 2 overlaps 1, but not 0."""
    boxes = np.array([[0.0, 0, 4, 1], [2, 0, 6, 1], [4, 0, 8, 1]])
    scores = np.array([3.0, 2, 1])
    assert_equal(nms(boxes, scores, iou_threshold=0.25), np.array([0, 2]))


def test_nms_keeps_boxes_without_area():
    """Points and lines overlap nothing, not even each other: 0 / 0 is not above."""
    boxes = np.array([[0.0, 0, 2, 2], [1, 1, 1, 1], [1, 1, 1, 1]])
    with np.errstate(invalid="ignore"):
        kept = nms(boxes, np.ones(3), iou_threshold=0.0)
    assert_equal(kept, np.arange(3))


@given(whole(classes=True))
def test_batched_nms_is_the_union_of_the_classes(example):
    """kept = ∪ nms(boxes of one class)"""
    (boxes, scores, idxs), options = example
    kept = set()
    for index in idxs:
        of_class = np.flatnonzero(idxs == index)
        kept |= {*of_class[nms(boxes[of_class], scores[of_class], **options)].tolist()}
    assert {*batched_nms(boxes, scores, idxs, **options).tolist()} == kept


@given(whole())
def test_batched_nms_of_one_class_reduces_to_nms(example):
    """batched_nms(boxes, scores, 0) = nms(boxes, scores)"""
    (boxes, scores), options = example
    idxs = np.zeros(len(boxes), np.int64)
    left = batched_nms(boxes, scores, idxs, **options)
    assert_equal(left, nms(boxes, scores, **options))


@given(whole(classes=True))
def test_batched_nms_is_nms_of_boxes_that_are_moved_apart(example):
    """nms(boxes + class · extent) suppresses nothing across classes."""
    (boxes, scores, idxs), options = example
    extent = np.ptp(boxes) + 1 if boxes.size else 0
    left = nms(boxes + (extent * idxs)[:, None], scores, **options)
    assert_equal(left, batched_nms(boxes, scores, idxs, **options))


def test_batched_nms_is_not_nms_of_boxes_moved_by_their_maximum():
    """Moved by class · (max + 1), boxes left of 0 land on those of another class."""
    boxes = np.array([[0.0, 0, 1, 1], [-2, -2, -1, -1]])
    scores, idxs = np.array([1.0, 0.5]), np.array([0, 1])
    moved = boxes + (idxs * (boxes.max() + 1))[:, None]
    assert_equal(nms(moved, scores, iou_threshold=0.5), np.array([0]))
    actual = batched_nms(boxes, scores, idxs, iou_threshold=0.5)
    assert_equal(actual, np.array([0, 1]))


def test_nms_knows_no_classes():
    """Two equal boxes of different classes: nms keeps one, batched_nms both."""
    boxes, scores = np.array([[0.0, 0, 1, 1]] * 2), np.array([1.0, 0.5])
    assert_equal(nms(boxes, scores, iou_threshold=0.5), np.array([0]))
    actual = batched_nms(boxes, scores, np.arange(2), iou_threshold=0.5)
    assert_equal(actual, np.arange(2))


# --- errors


def test_nms_rejects_what_does_not_fit():
    """A ValueError says which of boxes, scores and idxs it is."""
    boxes, one = np.zeros((2, 4)), np.zeros(2)
    for problem, arguments in [
        ("boxes has shape", (boxes[0], one, one)),
        ("scores has shape", (boxes, one[:1], one)),
        ("idxs has shape", (boxes, one, one[:1])),
    ]:
        with pytest.raises(ValueError, match=problem):
            batched_nms(*arguments, iou_threshold=0.5)


# --- agreement


@given(candidates(crowded_boxes, spread, any_threshold))
def test_nms_agrees_with_backend(backend, example):
    """The backend keeps what the definition keeps, in its order."""
    tensors, options = example
    agree(backend, nms, *tensors, constant=("boxes", "scores"), **options)


@given(candidates(whole_boxes, few_scores, counts=MANY))
def test_nms_agrees_with_backend_on_ties(backend, example):
    """Equal scores, IoUs of just the threshold, boxes that touch or have no area"""
    tensors, options = example
    agree_exactly(backend, nms, *tensors, **options)


@given(candidates(crowded_boxes, spread, any_threshold, classes=True))
def test_batched_nms_agrees_with_backend(backend, example):
    """The backend keeps what the definition keeps, in its order."""
    tensors, options = example
    agree(backend, batched_nms, *tensors, constant=("boxes", "scores"), **options)


@given(candidates(whole_boxes, few_scores, counts=MANY, classes=True))
def test_batched_nms_agrees_with_backend_on_ties(backend, example):
    """Equal scores, IoUs of just the threshold, boxes that touch or have no area"""
    tensors, options = example
    agree_exactly(backend, batched_nms, *tensors, **options)
