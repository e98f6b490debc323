"""The laws of reference/losses/penalties.py, then its agreement with the backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import fractions, ordinary, sixteenths
from reference.losses.penalties import (
    elastic_net_penalty,
    l1_penalty,
    l2_penalty,
    regularised_loss,
)
from reference.optimisers.adaptive import adam, adamw
from reference.optimisers.momentum import sgd

SHAPES = st.sampled_from([(33,), (2, 3), (65,), (2, 1, 2), (), (4,), (3, 33), (0,)])
STRENGTHS = st.sampled_from([0.5, 0.1, 0.0, 2.0, -1.0])
weights = st.sampled_from([(3,), (2, 2), (1,)]).flatmap(fractions)
numbers = st.integers(-12, 12).map(lambda k: Fraction(k, 5))


@given(weights, numbers)
def test_l2_penalty_is_homogeneous_of_degree_two(w, a):
    """R(a · w) = a² · R(w) ≥ 0"""
    assert l2_penalty(a * w) == a * a * l2_penalty(w) >= 0


@given(fractions((2,)))
def test_l2_penalty_is_invariant_under_rotations(w):
    """R(Q w) = R(w),  Q = [[3, −4], [4, 3]] / 5"""
    rotation = np.array([[3, -4], [4, 3]]) * Fraction(1, 5)
    assert l2_penalty(rotation @ w) == l2_penalty(w)


@given(weights, numbers, st.data())
def test_l1_penalty_is_a_norm(w, a, data):
    """R(a · w) = |a| · R(w),  R(v + w) ≤ R(v) + R(w),  R(w) = 0 ⇔ w = 0"""
    v = data.draw(fractions(w.shape), "v")
    assert l1_penalty(a * w) == abs(a) * l1_penalty(w)
    assert l1_penalty(v + w) <= l1_penalty(v) + l1_penalty(w)
    assert (l1_penalty(w) == 0) == (w == 0).all()


@given(weights, numbers)
def test_elastic_net_penalty_is_of_both(w, beta):
    """The notes call Σ β w² + |w| L2 as well: it is β · L2 + L1, and L1 for β = 0"""
    both = beta * l2_penalty(w) + l1_penalty(w)
    assert elastic_net_penalty(w, beta=beta) == both
    assert elastic_net_penalty(w, beta=0) == l1_penalty(w)


@given(weights, st.integers(0, 9), st.data())
def test_elastic_net_penalty_is_convex(w, beta, data):
    """R((v + w) / 2) ≤ (R(v) + R(w)) / 2 for β ≥ 0"""
    v = data.draw(fractions(w.shape), "v")
    middle = elastic_net_penalty((v + w) / 2, beta=beta)
    ends = [elastic_net_penalty(end, beta=beta) for end in (v, w)]
    assert 2 * middle <= sum(ends)


@given(fractions((3,)), weights, numbers)
def test_regularised_loss_is_a_mean_and_a_penalty(losses, w, strength):
    """L = mean l + λ · R(w), and mean l alone for λ = 0"""
    mean = losses.sum() / 3
    left = regularised_loss(losses, w, strength=strength)
    assert left == mean + strength * l2_penalty(w)
    assert regularised_loss(losses, w, strength=0) == mean


@given(sixteenths((3,)))
def test_l2_penalty_and_l1_penalty_have_gradients(w):
    """∇ Σ w² = 2w,  ∇ Σ |w| = sign(w), 0 at 0"""
    (square,) = gradient(l2_penalty, [w], np.ones(()))
    (size,) = gradient(l1_penalty, [w], np.ones(()))
    assert_equal(square.astype(float), 2 * w)
    assert_equal(size.astype(float), np.sign(w))


def test_l2_penalty_decays_weights_twice_as_fast_as_weight_decay():
    """λ Σ w² is weight_decay = 2 λ of gradient descent: from 2, 1.6 and not 1.8"""
    w, share = np.array([2.0]), 0.1
    (slope,) = gradient(l2_penalty, [w], np.ones(()))
    none = np.zeros((1, 1))
    stepped = w - share * slope.astype(float)
    assert_equal(sgd(w, none, lr=1.0, weight_decay=2 * share)[0], stepped)
    assert sgd(w, none, lr=1.0, weight_decay=share)[0] == 1.8


def test_l2_penalty_is_not_the_weight_decay_of_adamw():
    """Adam divides the penalty's gradient by its size; AdamW only shrinks weights"""
    w, none = np.array([4.0, 1.0]), np.zeros((1, 2))
    options = {"lr": 0.5, "eps": 0.0}
    as_penalty = adam(w, none, weight_decay=0.5, **options)
    assert_equal(as_penalty[0], np.array([3.5, 0.5]))
    assert_equal(
        adamw(w, none, weight_decay=0.5, **options | {"eps": 1.0})[0], 0.75 * w
    )
    slopes = np.ones((2, 2))
    left = adam(w, slopes, weight_decay=0, **options)
    assert_equal(left, adamw(w, slopes, weight_decay=0, **options))


@pytest.mark.parametrize("shape", [(0,), (), (2, 1), (1, 1)])
def test_regularised_loss_rejects_what_is_no_batch_of_losses(shape):
    with pytest.raises(ValueError, match="losses has shape"):
        regularised_loss(np.zeros(shape), np.zeros(2), strength=1)


@pytest.mark.parametrize("penalty", [l1_penalty, l2_penalty])
@given(SHAPES.flatmap(ordinary))
def test_l1_penalty_and_l2_penalty_agree_with_backend(backend, penalty, w):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, penalty, w)


@given(SHAPES.flatmap(ordinary), STRENGTHS)
def test_elastic_net_penalty_agrees_with_backend(backend, w, beta):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, elastic_net_penalty, w, beta=beta)


@given(
    st.sampled_from([3, 33, 1]).flatmap(lambda n: ordinary((n,))),
    SHAPES.flatmap(ordinary),
    STRENGTHS,
)
def test_regularised_loss_agrees_with_backend(backend, losses, w, strength):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, regularised_loss, losses, w, strength=strength)
