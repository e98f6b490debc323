"""The laws of reference/detection/detector.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.boxes.strategies import image_boxes, spread
from properties.strategies import codes, ordinary, sixteenths, whole_numbers
from reference.boxes.box_overlap import box_iou
from reference.boxes.multibox import bbox_loss
from reference.classification.cross_entropy import cross_entropy
from reference.classification.softmax import softmax
from reference.detection.detector import calc_loss, class_error, detect

# --- strategies

ANCHORS = (33, 2, 1, 3, 4, 2, 1, 3, 5, 4, 2, 1, 4, 65)
"""Numbers of anchors: vectors of 32 and 64, and one more, among them."""


CORNERS = np.array([[[0.0, 0, 0.25, 0.25], [0.5, 0.5, 1, 1], [0, 0.5, 0.25, 1]]])
"""Three anchors apart from each other."""


@st.composite
def trainings(draw, elements):
    """Logits, their classes, offsets, labels, and masks: 0 where an anchor has none."""
    kind, batch, classes = draw(whole_numbers((0, 13), (1, 3), (1, 3)))
    n = ANCHORS[kind]
    batch = min(batch, 33 // n + 1)
    drawn = draw(codes((batch, n)))
    labels = np.where(drawn < 96, 0, drawn % (1 + classes)).astype(np.int64)
    logits = draw(elements((batch, n, 1 + classes)))
    offsets = [draw(elements((batch, 4 * n))) for _ in range(2)]
    masks = (labels > 0).astype(float).repeat(4, axis=1)
    return logits, labels, *offsets, masks


@st.composite
def classifications(draw, elements):
    """Logits and classes; one of logits that are alike in several classes."""
    kind, batch, classes, tie = draw(whole_numbers((0, 13), (1, 3), (1, 3), (0, 3)))
    n = ANCHORS[kind]
    logits = draw(elements((batch, n, 1 + classes)))
    if tie == 3:
        logits = logits[..., :1] + 0 * logits
    return logits, (draw(codes((batch, n))) % (1 + classes)).astype(np.int64)


@st.composite
def detectors(draw, *, thresholds=(0.5, 0.25, 0.75)):
    """Logits, offsets and anchors of an image, and the two thresholds."""
    kind, classes = draw(whole_numbers((0, 19), (1, 3)))
    n, classes = (kind % 5 + 1, classes) if kind < 18 else (33, 1)
    logits = 8 * draw(spread((1, n, 1 + classes))) - 4
    offsets = 8 * draw(spread((1, 4 * n))) - 4
    nms_threshold = draw(st.sampled_from(thresholds))
    pos_threshold = draw(st.sampled_from([0.01, 0.25, 0.0, 0.5]))
    options = {"nms_threshold": nms_threshold, "pos_threshold": pos_threshold}
    return (logits, offsets, draw(image_boxes(n))[None]), options


def bounded_loss(logits, labels, *offsets):
    return calc_loss(bounded(logits), labels, *map(bounded, offsets))


# --- identities


@given(trainings(sixteenths))
def test_calc_loss_is_the_sum_of_what_classes_and_offsets_lose(example):
    """L[n] − bbox_loss[n] = the mean cross-entropy of the image's anchors"""
    logits, labels, *offsets = example
    left = bounded_loss(*example) - bbox_loss(*map(bounded, offsets))
    rows = [cross_entropy(bounded(x), t)[()] for x, t in zip(logits, labels)]
    assert_equal(left, np.array(rows))


@given(trainings(sixteenths))
def test_calc_loss_of_right_offsets_is_that_of_classes(example):
    """labels = preds: nothing but the classes is lost"""
    logits, labels, preds, _, masks = example
    left = bounded_loss(logits, labels, preds, preds, masks)
    right = bounded_loss(logits, labels, preds, -preds, 0 * masks)
    assert_equal(left, right)


@given(classifications(sixteenths))
def test_class_error_counts_the_wrong_anchors(example):
    """error = #{a : argmax logits[a] ≠ label[a]} / anchors, within 0 and 1"""
    logits, labels = example
    wrong = sum(
        max(range(len(row)), key=lambda k: row[k]) != label
        for row, label in zip(logits.reshape(-1, logits.shape[-1]), labels.flat)
    )
    assert_equal(class_error(*example), np.array(wrong / labels.size))


@given(classifications(sixteenths), st.integers(0, 64))
def test_class_error_is_additive_over_batches(example, cut):
    """error · count = the sum of those of two batches: not the mean of their errors"""
    logits, labels = example[0].reshape(-1, example[0].shape[-1]), example[1].ravel()
    cut %= len(labels)
    parts = [slice(cut), slice(cut, None)] if cut else [slice(None)]
    wrong = [
        round(float(class_error(logits[part], labels[part])) * labels[part].size)
        for part in parts
    ]
    assert_equal(class_error(*example), np.array(sum(wrong) / labels.size))


# --- bounds


@given(trainings(sixteenths))
def test_calc_loss_is_not_negative(example):
    """L ≥ 0"""
    assert all(loss.value + loss.error >= 0 for loss in bounded_loss(*example))


@given(detectors())
def test_detect_gives_objects_apart_from_each_other_best_first(example):
    """class ≥ 0, confidence sinks and is no less than its threshold, IoU ≤ threshold"""
    tensors, options = example
    rows = detect(*tensors, **options)
    classes, confidence = rows[:, 0], rows[:, 1]
    assert ((classes >= 0) & (confidence >= options["pos_threshold"])).all()
    assert (np.diff(confidence) <= 0).all()
    for k in range(len(rows)):
        others = np.delete(rows[:, 2:], k, axis=0)
        overlaps = box_iou(rows[k : k + 1, 2:], others)
        assert (overlaps <= options["nms_threshold"]).all()


# --- invariances


@given(trainings(sixteenths), sixteenths((1, 1)))
def test_calc_loss_is_invariant_under_offsets_of_the_background(example, other):
    """What is masked is of no account"""
    logits, labels, preds, wanted, masks = example
    changed = np.where(masks == 0, other, preds), np.where(masks == 0, -other, wanted)
    left = calc_loss(logits, labels, *changed, masks)
    assert_equal(left, calc_loss(*example))


@given(trainings(sixteenths))
def test_calc_loss_treats_each_image_by_itself(example):
    """L([a, b]) = [L(a), L(b)]"""
    alone = [
        calc_loss(*[x[n : n + 1] for x in example]) for n in range(len(example[0]))
    ]
    assert_equal(calc_loss(*example), np.concatenate(alone))


@given(trainings(sixteenths), sixteenths((1,)))
def test_calc_loss_is_invariant_under_shifts_of_logits(example, c):
    """softmax does not see c, one for all classes of an anchor"""
    logits, *rest = example
    assert_equal(bounded_loss(logits + c, *rest), bounded_loss(*example))


@given(trainings(sixteenths))
def test_calc_loss_is_invariant_under_the_order_of_anchors(example):
    """Anchors, with their offsets, may be turned around"""
    logits, labels, *offsets = example
    turned = [x.reshape(*labels.shape, 4)[:, ::-1].reshape(x.shape) for x in offsets]
    right = bounded_loss(logits[:, ::-1], labels[:, ::-1], *turned)
    assert_equal(bounded_loss(*example), right)


@given(st.integers(-16, 16), st.integers(-16, 16))
def test_detect_is_invariant_under_shifts_of_logits(c, d):
    """The same objects, as sure, whatever is added to all of an anchor's logits"""
    logits, anchors = np.array([[[0.0, 1, 2], [3, 0, 1], [1, 5, 0]]]), bounded(CORNERS)
    moved = logits + np.array([c, d, c - d])[:, None]
    left, right = (
        detect(bounded(x), np.zeros((1, 12)), anchors) for x in (moved, logits)
    )
    assert_equal(left, right)


# --- special cases


@given(detectors(thresholds=[1.0]))
def test_detect_finds_every_anchor_if_nothing_is_too_close(example):
    """nms_threshold = 1, pos_threshold = 0: as many rows as anchors"""
    tensors, options = example
    rows = detect(*tensors, **options | {"pos_threshold": 0.0})
    assert len(rows) == tensors[2].shape[1]


@given(detectors())
def test_detect_finds_fewer_with_a_greater_threshold(example):
    """What is sure enough for more is for less: its rows are among them"""
    tensors, options = example
    few = detect(*tensors, **options | {"pos_threshold": 0.5}).tolist()
    many = detect(*tensors, **options | {"pos_threshold": 0.25}).tolist()
    assert [row for row in many if row[1] >= 0.5] == few


def test_detect_of_background_alone_is_empty():
    """No row, of six numbers still"""
    logits, anchors = np.array([[[40.0, 0, 0]]]), np.array([[[0.0, 0, 1, 1]]])
    rows = detect(logits, np.zeros((1, 4)), anchors)
    assert_equal(rows, np.zeros((0, 6)))


def test_detect_of_worked_example():
    """The second anchor is of class 1, as sure as a softmax is; the others of none"""
    logits = np.array([[[9.0, 1, 0], [0, 0, 1], [9, 0, 2]]])
    options = {"pos_threshold": 0.25}
    rows = detect(bounded(logits), np.zeros((1, 12)), bounded(CORNERS), **options)
    sure = softmax(bounded(logits[0, 1:2]), dim=1)[0, 2]
    assert_equal(rows, np.array([[1, sure, 0.5, 0.5, 1, 1]]))


def test_calc_loss_counts_background_as_exact():
    """The notes: a mean over offsets. Of four anchors one has an object, and is off by
    1 in all four numbers: its part of L is 1/4, where the mean of what counts is 1"""
    masks = np.eye(4)[:1].repeat(4, axis=1)
    logits, labels = np.zeros((1, 4, 2)), np.array([[1, 0, 0, 0]])
    off, right = np.ones((1, 16)), np.zeros((1, 16))
    left = calc_loss(logits, labels, off, right, masks)
    exact = calc_loss(logits, labels, right, right, masks)
    assert_equal(bounded(left), bounded(exact + 1 / 4))
    assert (abs(off - right) * masks).sum() / masks.sum() == 1


@pytest.mark.parametrize("classes", [1, 2, 7])
def test_calc_loss_of_equal_logits_is_the_logarithm_of_classes(classes):
    """log(1 + classes), the background being one more, plus what offsets lose"""
    tensors = np.ones((1, 4)), np.zeros((1, 4)), np.ones((1, 4))
    logits = bounded(np.zeros((1, 1, 1 + classes)))
    left = calc_loss(logits, np.array([[0]]), *map(bounded, tensors))
    assert_equal(left, np.log(bounded(np.array([1.0 + classes]))) + 1)


def test_class_error_of_equal_logits_is_that_of_background():
    """Of several that are greatest, the first: background"""
    logits, labels = np.zeros((1, 4, 3)), np.array([[0, 1, 2, 0]])
    assert_equal(class_error(logits, labels), np.array(0.5))


# --- gradients


@given(trainings(sixteenths))
def test_calc_loss_has_the_gradients_of_its_parts(example):
    """(softmax − one-hot) / anchors by logits; mask · sign / (4 anchors) by offsets"""
    logits, labels, preds, wanted, masks = example
    tensors = [bounded(logits), labels, *map(bounded, (preds, wanted, masks))]
    one = bounded(np.ones(len(logits)))
    floating = [tensors[0], *tensors[2:]]
    by_logits, by_preds, *_ = gradient(
        lambda x, *rest: calc_loss(x, labels, *rest), floating, one
    )
    probs, hot = softmax(tensors[0], dim=2), np.eye(logits.shape[2])[labels]
    assert_equal(by_logits, (probs - hot) / logits.shape[1])
    assert_equal(by_preds, bounded(masks * np.sign(preds - wanted)) / masks.shape[1])


# --- errors


def test_calc_loss_class_error_and_detect_reject_what_does_not_fit():
    """A ValueError says what the shape was."""
    logits, labels, flat = np.zeros((1, 2, 3)), np.zeros((1, 2), int), np.zeros((1, 8))
    anchors = np.zeros((1, 2, 4))
    for problem, operation, arguments in [
        ("cls_preds has shape", calc_loss, (logits[0], labels, flat, flat, flat)),
        ("cls_preds has shape", calc_loss, (logits, labels[:, :1], flat, flat, flat)),
        ("cls_preds has shape", calc_loss, (logits, labels, *[flat[:, :4]] * 3)),
        ("cls_preds has shape", calc_loss, (logits, labels, *[np.ones((1, 9))] * 3)),
        ("have shapes", calc_loss, (logits, labels, flat, flat[:, :4], flat)),
        ("there are none", class_error, (logits[:, :0], labels[:, :0])),
        ("cls_preds has shape", detect, (logits[0], flat, anchors)),
        ("cls_preds has shape", detect, (np.zeros((2, 2, 3)), flat, anchors)),
        ("cls_preds has shape", detect, (logits[..., None], flat, anchors)),
    ]:
        with pytest.raises(ValueError, match=problem):
            operation(*arguments)


# --- agreement


@given(trainings(ordinary))
def test_calc_loss_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, calc_loss, *example, constant=("bbox_masks",))


@given(classifications(ordinary))
def test_class_error_agrees_with_backend(backend, example):
    """The backend counts as the definition does."""
    agree(backend, class_error, *example, constant=("cls_preds",))


@given(detectors())
def test_detect_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, detect, *tensors, **options)
