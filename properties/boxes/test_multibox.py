"""The laws of reference/multibox.py, then its agreement with the backends."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.boxes.strategies import image_boxes, slim_boxes, spread, whole_boxes
from properties.strategies import codes, ordinary, per_axis, sixteenths
from reference.boxes.anchor_assignment import assign_anchor_to_bbox
from reference.boxes.box_offsets import offset_boxes, offset_inverse
from reference.boxes.multibox import (
    bbox_loss,
    confident_detections,
    multibox_detection,
    multibox_target,
)
from reference.boxes.suppression import nms

# --- strategies

ANCHORS = st.sampled_from([3, 4, 2, 5, 1, 6] * 3 + [33])
COUNTS = st.sampled_from([3, 4, 2, 5, 1, 6, 0] * 2 + [33, 65])


@st.composite
def targets(draw, boxes):
    """Anchors, and labels: rows of class −1 pad images with fewer objects."""
    n, (batch, objects) = draw(ANCHORS), draw(per_axis(2, 0, 3))
    batch = min(batch, 2) if n < 33 else 0
    anchors, found = draw(boxes(n)), draw(boxes((batch + 1) * objects))
    classes = draw(codes((len(found), 1))) % 23 - 1.0
    rows = np.where(classes < 0, -1, np.concatenate([classes, found], axis=1))
    return anchors[None], rows.reshape(batch + 1, objects, 5)


@st.composite
def predictions(draw, boxes, *, moved=True):
    """Probabilities of classes, offsets and anchors, and the two thresholds.

    Boxes that are not moved are exact, and their probabilities often tie.
    """
    n, (batch, classes) = draw(ANCHORS), draw(per_axis(2, 1, 3))
    batch = min(batch, 2) if n < 33 else 1
    probs = draw(spread((batch, 1 + classes, n)))
    offsets = np.zeros((batch, 4 * n))
    if moved:
        offsets = 8 * draw(spread((batch, 4 * n))) - 4
    else:
        probs = np.round(8 * probs) / 8
    thresholds = st.sampled_from([0.5, 0.25, 0.0, 1.0])
    nms_threshold, pos_threshold = draw(thresholds), draw(thresholds | st.just(0.01))
    options = {"nms_threshold": nms_threshold, "pos_threshold": pos_threshold}
    return (probs, offsets, draw(boxes(n))[None]), options


@st.composite
def masked(draw, elements):
    """Predicted and labelled offsets of a batch, and masks that repeat four times."""
    batch, n = draw(st.integers(1, 3)), draw(st.sampled_from([2, 1, 3, 9, 16, 17]))
    masks = (draw(codes((batch, n))) % 2).astype(float).repeat(4, axis=1)
    masks[0, :4] = 1
    return draw(elements((batch, 4 * n))), draw(elements((batch, 4 * n))), masks


@st.composite
def detections(draw):
    """Rows of class, confidence and box, and a threshold that some may have."""
    rows = draw(sixteenths((draw(COUNTS), 6))).copy()
    rows[:, 0] = rows[:, 0] // 2
    return rows, draw(st.sampled_from([0.5, 0.0, 0.25, 2.0]))


exact = predictions(partial(whole_boxes, least=1), moved=False)

# --- identities


@given(targets(slim_boxes))
def test_multibox_target_labels_anchors_as_they_are_assigned(example):
    """class = 1 + the object's, offsets are to the object, mask = 1; else all 0."""
    anchors, labels = example
    for rows, offsets, masks, classes in zip(labels, *multibox_target(*example)):
        rows = rows[rows[:, 0] >= 0]
        assigned = assign_anchor_to_bbox(rows[:, 1:], anchors[0])
        for a, g in enumerate(assigned):
            box = anchors[0][a : a + 1]
            wanted = np.zeros(4) if g < 0 else offset_boxes(box, rows[g : g + 1, 1:])[0]
            assert classes[a] == (0 if g < 0 else 1 + rows[g, 0])
            assert_equal(offsets.reshape(-1, 4)[a], wanted)
            assert_equal(masks.reshape(-1, 4)[a], np.full(4, float(g >= 0)))


@given(exact)
def test_multibox_detection_has_a_row_for_each_anchor(example):
    """Boxes are the anchors', moved, in another order: kept ones first."""
    (probs, offsets, anchors), options = example
    output = multibox_detection(probs, offsets, anchors, **options)
    assert output.shape == (len(probs), anchors.shape[1], 6)
    for image, rows in zip(probs, output):
        kept = nms(
            anchors[0], image[1:].max(axis=0), iou_threshold=options["nms_threshold"]
        )
        rest = np.setdiff1d(np.arange(anchors.shape[1]), kept)
        assert_equal(rows[:, 2:], anchors[0][np.concatenate([kept, rest])])
        assert (rows[len(kept) :, 0] == -1).all()


@given(exact)
def test_multibox_detection_turns_small_confidences_around(example):
    """conf < pos_threshold: class −1 and 1 − conf; so do removed boxes."""
    tensors, options = example
    loose = multibox_detection(*tensors, **options | {"pos_threshold": 0.0})
    strict = multibox_detection(*tensors, **options)
    unsure = loose[..., 1] < options["pos_threshold"]
    assert_equal(strict[..., 1], np.where(unsure, 1 - loose[..., 1], loose[..., 1]))
    assert_equal(strict[..., 0], np.where(unsure, -1, loose[..., 0]))


@given(detections())
def test_confident_detections_is_idempotent(example):
    """What is confident enough is so again."""
    rows, threshold = example
    once = confident_detections(rows, threshold=threshold)
    assert_equal(confident_detections(once, threshold=threshold), once)


# --- invariances


@given(targets(slim_boxes))
def test_multibox_target_treats_each_image_by_itself(example):
    """target([l₁, l₂]) = [target(l₁), target(l₂)]"""
    anchors, labels = example
    alone = [multibox_target(anchors, rows[None]) for rows in labels]
    for left, right in zip(multibox_target(anchors, labels), zip(*alone)):
        assert_equal(left, np.concatenate(right))


@given(targets(slim_boxes), st.integers(1, 3))
def test_multibox_target_is_invariant_under_padding(example, rows):
    """Rows of class −1 claim no anchor, wherever their box is."""
    anchors, labels = example
    padding = np.full((len(labels), rows, 5), -1.0)
    padding[..., 1:] = anchors[0, 0]
    padded = np.concatenate([labels, padding], axis=1)
    for left, right in zip(
        multibox_target(anchors, padded), multibox_target(anchors, labels)
    ):
        assert_equal(left, right)


@given(exact)
def test_multibox_detection_treats_each_image_by_itself(example):
    """detect([p₁, p₂]) = [detect(p₁), detect(p₂)]"""
    (probs, offsets, anchors), options = example
    alone = [
        multibox_detection(p[None], o[None], anchors, **options)
        for p, o in zip(probs, offsets)
    ]
    left = multibox_detection(probs, offsets, anchors, **options)
    assert_equal(left, np.concatenate(alone))


@given(exact)
def test_multibox_detection_is_invariant_under_the_background(example):
    """The probability of background is not looked at."""
    (probs, *rest), options = example
    other = probs.copy()
    other[:, 0] = 1 - other[:, 0]
    left = multibox_detection(other, *rest, **options)
    assert_equal(left, multibox_detection(probs, *rest, **options))


@given(masked(sixteenths), sixteenths((1, 1)))
def test_bbox_loss_is_invariant_under_what_is_masked(example, other):
    """Predictions and labels of background don't matter."""
    preds, labels, masks = example
    changed = np.where(masks == 0, other, preds), np.where(masks == 0, -other, labels)
    assert_equal(bbox_loss(*changed, masks), bbox_loss(*example))


@given(masked(sixteenths))
def test_bbox_loss_is_commutative(example):
    """L(p, t) = L(t, p)"""
    preds, labels, masks = example
    assert_equal(bbox_loss(labels, preds, masks), bbox_loss(preds, labels, masks))


# --- special cases


@given(detections(), st.sampled_from([0.0, 0.25, 1.0]))
def test_confident_detections_is_monotone_in_the_threshold(example, more):
    """What is confident enough for a threshold is for any below it, in its order."""
    rows, threshold = example
    fewer = confident_detections(rows, threshold=threshold + more).tolist()
    rest = iter(confident_detections(rows, threshold=threshold).tolist())
    assert all(row in rest for row in fewer)


def test_confident_detections_keeps_a_confidence_of_just_the_threshold():
    """conf ≥ threshold, of rows that are not background"""
    rows = np.array([[0.0, 0.5], [1, 0.4375], [-1, 0.9], [2, 0.9]])
    rows = np.concatenate([rows, np.zeros((4, 4))], axis=1)
    actual = confident_detections(rows, threshold=0.5)
    assert_equal(actual, rows[[0, 3]])


def test_multibox_detection_of_worked_example():
    """The notes' four anchors: two dogs too many are removed."""
    boxes = [[0.1, 0.08, 0.52, 0.92], [0.08, 0.2, 0.56, 0.95], [0.15, 0.3, 0.62, 0.91]]
    anchors = np.array([[*boxes, [0.55, 0.2, 0.9, 0.88]]])
    probs = np.array([[[0] * 4, [0.9, 0.8, 0.7, 0.1], [0.1, 0.2, 0.3, 0.9]]])
    output = multibox_detection(bounded(probs), np.zeros((1, 16)), bounded(anchors))
    expected = [[0, 0.9], [1, 0.9], [-1, 0.8], [-1, 0.7]]
    expected = np.concatenate([expected, anchors[0, [0, 3, 1, 2]]], axis=1)
    assert_equal(output, bounded(expected)[None])


def test_multibox_detection_suppresses_across_classes():
    """Equal boxes of two classes: the better one alone has its class."""
    anchors = np.array([[[0.0, 0, 1, 1]] * 2])
    probs = np.array([[[0, 0], [0.75, 0], [0, 0.5]]])
    output = multibox_detection(probs, np.zeros((1, 8)), anchors)
    assert_equal(output[0, :, :2], np.array([[0, 0.75], [-1, 0.5]]))


@given(predictions(image_boxes))
def test_multibox_detection_moves_anchors_by_their_offsets(example):
    """The boxes are those of offset_inverse, each once."""
    (probs, offsets, anchors), options = example
    output = multibox_detection(probs, offsets, anchors, **options)
    for row, rows in zip(offsets, output):
        expected = offset_inverse(anchors[0], row.reshape(-1, 4))
        assert sorted(rows[:, 2:].tolist()) == sorted(expected.tolist())


@given(sixteenths((2, 8)))
def test_bbox_loss_of_what_is_right_is_zero(preds):
    """L(p, p) = 0"""
    assert_equal(bbox_loss(preds, preds, np.ones((2, 8))), np.zeros(2))


# --- gradients


@given(masked(sixteenths))
def test_bbox_loss_has_no_gradient_where_it_is_masked(example):
    """∂L/∂p = mask · sign(p − t) / (4 · anchors)"""
    preds, labels, masks = example
    ones = np.ones(len(preds))
    slopes = gradient(bbox_loss, example, ones)[0].astype(float)
    assert_equal(slopes, masks * np.sign(preds - labels) / preds.shape[1])


def test_bbox_loss_of_no_images_is_empty():
    none = np.ones((0, 4))
    assert_equal(bbox_loss(none, none, none), np.ones(0))


# --- errors


@pytest.mark.parametrize("label", [0.5, 1.25])
def test_multibox_target_rejects_a_class_that_is_no_whole_number(label):
    box = np.array([0.0, 0.0, 1.0, 1.0])
    with pytest.raises(ValueError, match=f"a class is {label}"):
        multibox_target(box[None, None], np.array([[[label, *box]]]))


def test_multibox_rejects_what_does_not_fit():
    """A ValueError says what the shape was."""
    anchors, labels, probs = np.ones((1, 2, 4)), np.ones((1, 2, 5)), np.ones((1, 2, 2))
    flat = np.ones((1, 8))
    for problem, operation, arguments in [
        ("anchors has shape", multibox_target, (anchors[0], labels)),
        ("anchors has shape", multibox_target, (np.ones((2, 2, 4)), labels)),
        ("labels has shape", multibox_target, (anchors, labels[0])),
        ("labels has shape", multibox_target, (anchors, labels[..., :4])),
        ("labels has shape", multibox_target, (anchors, np.ones((1, 2, 6)))),
        ("no class", multibox_detection, (probs[:, :1], flat, anchors)),
        ("cls_probs has shape", multibox_detection, (probs[0], flat, anchors)),
        ("of 2 anchors", multibox_detection, (probs, flat[:, :4], anchors)),
        ("of 2 anchors", multibox_detection, (probs[:, :, :1], flat, anchors)),
        ("no anchor", bbox_loss, (flat[:, :0], flat[:, :0], flat[:, :0])),
        ("have shapes", bbox_loss, (flat, flat[:, :4], flat)),
    ]:
        with pytest.raises(ValueError, match=problem):
            operation(*arguments)
    with pytest.raises(ValueError, match="detections has shape"):
        confident_detections(flat, threshold=0.5)


# --- agreement


@given(targets(image_boxes))
def test_multibox_target_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, multibox_target, *example)


@given(predictions(image_boxes))
def test_multibox_detection_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, multibox_detection, *tensors, **options)


@given(predictions(whole_boxes, moved=False))
def test_multibox_detection_agrees_with_backend_on_ties(backend, example):
    """Equal confidences, and those and IoUs of just the threshold"""
    tensors, options = example
    agree_exactly(backend, multibox_detection, *tensors, **options)


@given(detections())
def test_confident_detections_agrees_with_backend(backend, example):
    """The backend keeps what the definition keeps."""
    rows, threshold = example
    agree(backend, confident_detections, rows, threshold=threshold)


@given(masked(ordinary))
def test_bbox_loss_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, bbox_loss, *example, constant=("bbox_masks",))
