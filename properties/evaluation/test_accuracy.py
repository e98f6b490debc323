"""The laws of reference/accuracy.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.strategies import codes, full_width, per_axis, sixteenths
from reference.evaluation.accuracy import accuracy, cls_eval

# --- strategies

CLASSES = st.sampled_from([2, 3, 4, 1, 5] * 3 + [33, 65])


@st.composite
def classified(draw, elements, *, least=0):
    """Scores (*batch, classes), and classes, half of them those with the best score."""
    classes, axes = draw(CLASSES), draw(st.sampled_from([1, 2, 0]))
    shape = draw(per_axis(axes, least, 3))
    if axes and draw(st.booleans()):
        shape = (draw(st.sampled_from([5, 33, 65, 2])), *shape[1:])
    scores, drawn = draw(elements((*shape, classes))), draw(codes(shape))
    last = (np.expand_dims(drawn, -1) % 4 == 3) & (np.arange(classes) == classes - 1)
    top = 3 if elements is codes else np.max(scores, initial=0) + 1
    scores = np.where(last, top, scores)
    labels = np.where(drawn < 128, scores.argmax(-1), drawn % classes)
    return scores, labels


@st.composite
def tied(draw):
    """The same with few different scores, −∞ and ∞ among them."""
    scores, labels = draw(classified(codes, least=1))
    return np.array([0.0, 1.0, -1.0, np.inf, -np.inf])[scores % 5], labels


# --- identities


@given(classified(sixteenths, least=1))
def test_accuracy_is_cls_eval_over_positions(example):
    """accuracy = cls_eval / (number of positions), in [0, 1]"""
    hits = cls_eval(*example)
    assert 0 <= hits <= example[1].size
    assert_equal(accuracy(*example), np.array(hits / example[1].size))


@given(classified(sixteenths))
def test_cls_eval_is_additive_over_batches(example):
    """Counts of two batches add up to the count of both"""
    scores, labels = np.stack([example[0]] * 2), np.stack([example[1], 0 * example[1]])
    parts = [cls_eval(s, k) for s, k in zip(scores, labels)]
    assert_equal(cls_eval(scores, labels), sum(parts)[()])


@given(classified(sixteenths), st.integers(0, 2))
def test_cls_eval_counts_each_class_once(example, k):
    """Σ_k (positions predicted as class k) = number of positions"""
    scores, labels = example
    every = [cls_eval(scores, np.full_like(labels, k)) for k in range(scores.shape[-1])]
    assert sum(every) == labels.size


# --- invariances


@given(classified(sixteenths), st.integers(1, 3))
def test_cls_eval_is_invariant_under_increasing_functions(example, a):
    """argmax f(x) = argmax x, if f increases: logits are as good as probabilities"""
    scores, labels = example
    left = cls_eval(a * scores**3 + scores + 5, labels)
    assert_equal(left, cls_eval(scores, labels))


@given(classified(sixteenths))
def test_cls_eval_of_a_class_more(example):
    """A class whose score is lower than all is never predicted"""
    scores, labels = example
    wider = np.concatenate([scores, np.full((*labels.shape, 1), -9.0)], -1)
    assert_equal(cls_eval(wider, labels), cls_eval(scores, labels))


# --- special cases


def test_cls_eval_of_ties_takes_the_first():
    """argmax [0, 1, 1] = 1"""
    scores = np.array([[0.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
    assert cls_eval(scores, np.array([1, 0])) == 2
    assert cls_eval(scores, np.array([2, 2])) == 0


def test_accuracy_of_batches_is_no_mean_of_accuracies():
    """1 of 1 and 1 of 3 are 2 of 4, where the mean is 2/3"""
    scores, labels = np.eye(2)[[0, 0, 1, 1]], np.zeros(4, np.int64)
    parts = [accuracy(scores[rows], labels[rows]) for rows in ([0], [1, 2, 3])]
    assert accuracy(scores, labels) == 0.5
    assert f"{np.mean(parts):.4f}" == "0.6667"


def test_accuracy_of_nothing_is_nan():
    """0 / 0"""
    assert np.isnan(accuracy(np.zeros((0, 3)), np.zeros(0, np.int64)))


# --- errors


def test_cls_eval_rejects_shapes_that_do_not_fit():
    """(*batch, classes) and (*batch), with at least one class"""
    with pytest.raises(ValueError, match=r"\(2, 3\) and \(2, 1\)"):
        cls_eval(np.zeros((2, 3)), np.zeros((2, 1), np.int64))
    with pytest.raises(ValueError, match=r"\(\) and \(\)"):
        cls_eval(np.zeros(()), np.zeros((), np.int64))
    with pytest.raises(ValueError, match="classes is 0"):
        accuracy(np.zeros((2, 0)), np.zeros(2, np.int64))


# --- agreement


@given(classified(full_width))
def test_cls_eval_agrees_with_backend(backend, example):
    """The backend counts the same positions."""
    agree(backend, cls_eval, *example, constant=("cls_preds",))


@given(tied())
def test_cls_eval_of_ties_agrees_with_backend(backend, example):
    """The backend takes the first of equals, and infinities for what they are."""
    agree_exactly(backend, cls_eval, *example)


@given(classified(full_width, least=1))
def test_accuracy_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, accuracy, *example, constant=("cls_preds",))
