"""The laws of reference/cross_entropy_gradient.py, then agreement with backends."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.classification.strategies import (
    batches,
    classified,
    one_hot,
    softly_classified,
)
from properties.strategies import ordinary, positive, sixteenths, wide
from reference.classification.cross_entropy import cross_entropy
from reference.classification.cross_entropy_gradient import (
    cross_entropy_gradient,
    probs_gradient,
)
from reference.classification.entropy import categorical_cross_entropy
from reference.classification.softmax import softmax, softmax_jacobian

# --- bounds


@given(classified(ordinary, smoothing=None))
def test_cross_entropy_gradient_is_bounded_by_the_weight(example):
    """|s − y| ≤ 1, times the weight of the target"""
    (z, target, weight), options = example
    most = 1 if weight is None else weight.max()
    options["reduction"] = "none"
    assert (abs(cross_entropy_gradient(z, target, weight, **options)) <= most).all()


# --- gradients


@given(classified(ordinary) | softly_classified(ordinary))
def test_cross_entropy_gradient_is_that_of_the_tape(example):
    """∂ Σ cross_entropy / ∂z = cross_entropy_gradient"""
    (z, target, weight), options = example
    z = bounded(z)
    shape = cross_entropy(z, target, weight, **options).shape
    (left,) = gradient(
        lambda z: cross_entropy(z, target, weight, **options), [z], np.ones(shape)
    )
    assert_equal(left, cross_entropy_gradient(z, target, weight, **options))


@given(batches(ordinary))
def test_cross_entropy_gradient_is_probabilities_less_targets(example):
    """∂l / ∂z = s − y"""
    z, target = bounded(example[0]), example[1]
    left = cross_entropy_gradient(z, target, reduction="sum")
    assert_equal(left, softmax(z, dim=1) - one_hot(target, z.shape[1]))


@given(batches(sixteenths), st.data())
def test_cross_entropy_gradient_of_targets_that_sum_to_anything(example, data):
    """∂l / ∂z = s · Σ y − y: s − y only if Σ y = 1; never −y + Σ y"""
    z = bounded(example[0])
    y = data.draw(sixteenths(z.shape), "y")
    left = cross_entropy_gradient(z, y, reduction="sum")
    assert_equal(left, softmax(z, dim=1) * y.sum(1, keepdims=True) - y)


@given(classified(ordinary) | softly_classified(ordinary))
def test_cross_entropy_gradient_sums_to_zero(example):
    """Σ_i ∂l / ∂z[i] = 0: a shift of all logits changes nothing"""
    (z, target, weight), options = example
    gradient = cross_entropy_gradient(bounded(z), target, weight, **options)
    total = gradient.sum(min(1, z.ndim - 1))
    assert_equal(total, np.zeros(np.shape(total)))


def test_cross_entropy_gradient_of_the_notes():
    """The notes: −y + Σ y on the way to s − y. Of z = (1, 2, 3) that is (1, 1, 0)"""
    z, y = np.array([1.0, 2, 3]), np.array([0.0, 0, 1])
    actual = cross_entropy_gradient(z, y)
    assert actual.round(4).tolist() == [0.09, 0.2447, -0.3348]
    assert (-y + y.sum()).tolist() == [1, 1, 0]


@given(classified(sixteenths, smoothing=None))
def test_cross_entropy_gradient_of_what_is_ignored_is_zero(example):
    """∂L / ∂z[n] = 0 where the target of n is ignored"""
    (z, target, weight), options = example
    by_logits = cross_entropy_gradient(z, target, weight, **options)
    rows = np.moveaxis(by_logits, min(1, z.ndim - 1), -1)
    assert (rows[target == options["ignore_index"]] == 0).all()


@given(batches(sixteenths))
def test_cross_entropy_gradient_vanishes_at_the_target(example):
    """∂l / ∂z = 0 where y = softmax(z)"""
    z = bounded(example[0])
    left = cross_entropy_gradient(z, softmax(z, dim=1))
    assert_equal(left, np.zeros(z.shape))


@given(positive((4,)), positive((4,)))
def test_probs_gradient_is_that_of_the_tape(s, y):
    """∂(−Σ y log s) / ∂s = −y / s"""
    s, y = bounded(s), bounded(y)
    left, _ = gradient(
        lambda s, y: categorical_cross_entropy(y, s, dim=0), [s, y], np.ones(())
    )
    assert_equal(left, probs_gradient(s, y))


def test_probs_gradient_of_an_impossible_target_is_infinite():
    """−1 / 0 = −∞, and a class that is no target has 0"""
    with np.errstate(divide="ignore"):
        actual = probs_gradient(np.array([0.0, 1.0]), np.array([1.0, 0.0]))
    assert actual.tolist() == [-np.inf, 0]


@given(sixteenths((3,)), sixteenths((3,)))
def test_probs_gradient_and_jacobian_make_the_gradient_of_logits(z, y):
    """∂l / ∂z = J · ∂l / ∂s = s · Σ y − y"""
    z = bounded(z)
    left = softmax_jacobian(z) @ probs_gradient(softmax(z, dim=0), y)
    assert_equal(left, cross_entropy_gradient(z, y))


# --- agreement


@given(classified(wide, weights=positive) | softly_classified(wide, weights=positive))
def test_cross_entropy_gradient_agrees_with_backend(backend, example):
    """The backend's autograd does what the hand-written gradient says."""
    tensors, options = example
    agree(backend, cross_entropy_gradient, *tensors, constant=("weight",), **options)


@given(st.integers(1, 5).flatmap(lambda n: st.tuples(positive((n,)), positive((n,)))))
def test_probs_gradient_agrees_with_backend(backend, example):
    """The backend's autograd does what the hand-written gradient says."""
    agree(backend, probs_gradient, *example)
