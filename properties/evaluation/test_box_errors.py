"""The laws of reference/box_errors.py, then its agreement with the backends."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import codes, fractions, ordinary, per_axis
from reference.evaluation.box_errors import bbox_eval, bbox_mae

# --- strategies

SIZES = st.sampled_from([2, 3, 1, 4, 8] * 3 + [33, 65])


@cache
def masks(shape, *, least=0):
    """1 where an anchor has an object, 0 where not; the first `least` are 1."""
    return codes(shape).map(
        lambda code: np.where(np.arange(code.size).reshape(shape) < least, 1, code % 2)
    )


@st.composite
def offsets(draw, elements, *, objects=0):
    """Predicted and right offsets of boxes, (batch, 4 · anchors), and their masks."""
    shape = draw(per_axis(draw(st.sampled_from([1, 2])), 1, 3))
    shape = (*shape, draw(SIZES))
    mask = draw(masks(shape, least=objects))
    kind = np.float64 if elements is ordinary else object
    return draw(elements(shape)), draw(elements(shape)), mask.astype(kind)


# --- laws


@given(offsets(fractions))
def test_bbox_eval_is_additive_over_anchors(example):
    """The sum over some anchors and that over the others add up"""
    some, others = [p[..., ::2] for p in example], [p[..., 1::2] for p in example]
    assert bbox_eval(*example)[()] == bbox_eval(*some)[()] + bbox_eval(*others)[()]


@given(offsets(fractions), st.integers(-3, 3))
def test_bbox_eval_is_homogeneous(example, a):
    """Σ |(a q − a p) m| = |a| · Σ |(q − p) m|"""
    p, q, m = example
    assert bbox_eval(a * p, a * q, m)[()] == abs(a) * bbox_eval(p, q, m)[()]


@given(offsets(fractions))
def test_bbox_eval_is_commutative(example):
    """Prediction and label may change places"""
    p, q, m = example
    assert_equal(bbox_eval(q, p, m), bbox_eval(p, q, m))
    assert bbox_eval(p, p, m)[()] == 0


@given(offsets(fractions))
def test_bbox_eval_ignores_what_is_masked(example):
    """m[i] = 0  ⇒  it does not matter what p[i] is"""
    p, q, m = example
    assert_equal(bbox_eval(np.where(m == 0, 7, p), q, m), bbox_eval(p, q, m))


@given(offsets(fractions))
def test_bbox_eval_gradient_is_the_sign_of_what_is_not_masked(example):
    """d/dp[i] = −m[i] · sign(q[i] − p[i])"""
    p, q, m = example
    weight = np.array(1, object)
    by_p, by_l, _ = gradient(bbox_eval, example, weight)
    expected = (((q - p) < 0) * 1 - ((q - p) > 0) * 1) * m
    assert (by_p == expected).all()
    assert (by_l == -expected).all()


@given(offsets(fractions, objects=1))
def test_bbox_mae_is_a_mean_over_objects(example):
    """bbox_mae · Σ m = bbox_eval: a share of all offsets it is not"""
    assert bbox_mae(*example)[()] * sum(example[2].flat) == bbox_eval(*example)[()]


@given(offsets(fractions, objects=1), st.integers(1, 4))
def test_bbox_mae_is_invariant_under_more_background(example, n):
    """Anchors without an object change nothing"""
    wider = [np.pad(part, [(0, 0)] * (part.ndim - 1) + [(0, n)]) for part in example]
    assert_equal(bbox_mae(*wider), bbox_mae(*example))


def test_bbox_mae_is_not_what_the_notes_divide_by():
    """Off by 1 wherever there is an object, 1 of 4 anchors: 1, not 1/4"""
    preds, labels = np.ones(16), np.zeros(16)
    masks = np.repeat([1.0, 0.0, 0.0, 0.0], 4)
    assert bbox_mae(preds, labels, masks) == 1
    assert bbox_eval(preds, labels, masks) / masks.size == 0.25


def test_bbox_mae_of_no_object_is_nan():
    """0 / 0"""
    with np.errstate(invalid="ignore"):
        assert np.isnan(bbox_mae(np.ones(4), np.zeros(4), np.zeros(4)))
    nothing, one = np.zeros(0, object), np.ones(1, object)
    assert np.isnan(bbox_mae(nothing, nothing, nothing)[()])
    assert bbox_mae(2 * one, one, one) == 1


@pytest.mark.parametrize("measure", [bbox_eval, bbox_mae])
def test_bbox_eval_rejects_shapes_that_differ(measure):
    """All three have one shape: nothing is broadcast"""
    with pytest.raises(ValueError, match="bbox_preds and bbox_labels have shapes"):
        measure(np.zeros(4), np.zeros((1, 4)), np.zeros(4))
    with pytest.raises(ValueError, match="bbox_preds and bbox_masks have shapes"):
        measure(np.zeros(4), np.zeros(4), np.zeros(1))


# --- agreement


@given(offsets(ordinary))
def test_bbox_eval_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, bbox_eval, *example, constant=("bbox_masks",))


@given(offsets(ordinary, objects=1))
def test_bbox_mae_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, bbox_mae, *example, constant=("bbox_masks",))
