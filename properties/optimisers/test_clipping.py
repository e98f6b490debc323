"""The laws of reference/optimisers/clipping.py, then its agreement with backends."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.operations import ways
from properties.optimisers.strategies import assert_at_most, nonzero
from properties.strategies import (
    fractions,
    full_width,
    ordinary,
    sixteenths,
    whole_numbers,
    with_non_finite,
)
from reference.optimisers.clipping import (
    clip_grad_norm,
    clip_grad_value,
    grad_clipping,
)

# --- strategies

SHAPES = [(3,), (), (2, 2), (1,), (0,), (5,), (2, 0), (33,), (65,), (7, 5), (64,)]
LIMITS = [1.0, 0.5, 10.0, 0.0, 1e-3, 100.0]
ORDERS = [2.0, 1.0, math.inf, 0.5, 3.0, -math.inf, 0.0, -1.0]


@st.composite
def gradients(draw, elements, shapes=SHAPES):
    """One to three gradients of any shapes."""
    count, *which = draw(whole_numbers((1, 3), *[(0, 251)] * 3))
    return [np.asarray(draw(elements(shapes[k % len(shapes)]))) for k in which[:count]]


SMALL = SHAPES[:4]
some = gradients(sixteenths, SMALL)


def lifted(arrays):
    return [bounded(array) for array in arrays]


# --- identities


@given(some, st.sampled_from([1.0, 2.0, math.inf, 0.0]))
def test_clip_grad_norm_takes_the_gradients_for_one_vector(grads, norm_type):
    """‖g‖ of several = ‖g‖ of all their numbers in a row"""
    options = {"max_norm": 1.0, "norm_type": norm_type}
    row = np.concatenate([grad.ravel() for grad in grads])
    norm, *clipped = clip_grad_norm(*lifted(grads), **options)
    expected, one = clip_grad_norm(*lifted([row]), **options)
    assert_equal(norm, expected)
    assert_equal(np.concatenate([grad.ravel() for grad in clipped]), one)


@given(gradients(nonzero, SMALL), st.integers(1, 64))
def test_grad_clipping_keeps_the_direction(grads, k):
    """g' is a multiple of g: g'[i] · g[j] = g'[j] · g[i]"""
    row = bounded(np.concatenate([grad.ravel() for grad in grads]))
    (clipped,) = grad_clipping(row, theta=k / 16)
    assert_equal(np.outer(clipped, row), np.outer(row, clipped))


# --- algebra


@given(some, st.integers(1, 64))
def test_grad_clipping_is_homogeneous(grads, k):
    """clip(2 g, 2 θ) = 2 · clip(g, θ)"""
    left = grad_clipping(*[2 * grad for grad in grads], theta=k / 8)
    for twice, once in zip(left, grad_clipping(*grads, theta=k / 16)):
        assert_equal(twice, 2 * once)


# --- bounds


@given(some, st.sampled_from(LIMITS), st.sampled_from([1.0, 2.0, 3.0, math.inf]))
def test_clip_grad_norm_is_bounded_by_max_norm(grads, max_norm, norm_type):
    """‖g'‖ ≤ max_norm, and ‖g'‖ ≤ ‖g‖"""
    options = {"max_norm": max_norm, "norm_type": norm_type}
    norm, *clipped = clip_grad_norm(*lifted(grads), **options)
    after, *_ = clip_grad_norm(*clipped, **options)
    limit = np.zeros((), object)
    limit[()] = np.minimum(norm[()], max_norm)
    assert_at_most(after, limit)


@given(gradients(fractions, SMALL), st.integers(0, 8))
def test_clip_grad_value_is_bounded_by_clip_value(grads, limit):
    """|g'[i]| ≤ clip_value, and g' is g where that is so already"""
    for grad, clipped in zip(grads, clip_grad_value(*grads, clip_value=limit)):
        for before, after in zip(grad.flat, clipped.flat):
            assert abs(after) <= limit
            assert after == before or abs(before) > limit


# --- invariances


@given(gradients(fractions, SMALL), st.integers(0, 8))
def test_clip_grad_value_is_idempotent(grads, limit):
    """clip(clip(g)) = clip(g)"""
    once = clip_grad_value(*grads, clip_value=limit)
    for left, right in zip(clip_grad_value(*once, clip_value=limit), once):
        assert_equal(left, right)


@given(some, st.integers(1, 64))
def test_grad_clipping_is_idempotent(grads, k):
    """clip(clip(g)) = clip(g): of norm θ it is left as it is"""
    once = grad_clipping(*lifted(grads), theta=k / 16)
    for left, right in zip(grad_clipping(*once, theta=k / 16), once):
        assert_equal(left, right)


# --- special cases


@given(some)
def test_grad_clipping_leaves_small_gradients_as_they_are(grads):
    """‖g‖ ≤ θ: g' = g"""
    for left, right in zip(grad_clipping(*grads, theta=1e4), grads):
        assert_equal(left, right)


@given(some)
def test_clip_grad_norm_leaves_small_gradients_as_they_are(grads):
    """‖g‖ + 10⁻⁶ ≤ max_norm: g' = g"""
    _, *left = clip_grad_norm(*grads, max_norm=1e4)
    for after, before in zip(left, grads):
        assert_equal(after, before)


def test_grad_clipping_is_to_theta_where_clip_grad_norm_is_to_less():
    """‖(3, 4)‖ = 5: to exactly 1, or to 5 / (5 + 10⁻⁶)"""
    g = np.array([3.0, 4.0])
    (left,) = grad_clipping(g, theta=1.0)
    assert_equal(left, g * 0.2)
    _, right = clip_grad_norm(g, max_norm=1.0)
    assert 0.99999979 < np.linalg.norm(right) < 0.99999981


def test_clip_grad_norm_of_infinity_is_nan_there_and_0_elsewhere():
    """‖g‖ = ∞: the coefficient is 0, and 0 · ∞ is NaN"""
    with np.errstate(invalid="ignore"):
        norm, clipped = clip_grad_norm(np.array([1.0, np.inf]), max_norm=1.0)
    assert norm == np.inf
    assert_equal(clipped, np.array([0.0, np.nan]))


def test_clip_grad_norm_orders():
    """(3, −4, 0): 7, 5, 4, 0, and the number of them that are not 0"""
    g = np.array([3.0, -4.0, 0.0])
    orders = 1.0, 2.0, math.inf, -math.inf, 0.0
    norms = [clip_grad_norm(g, max_norm=1.0, norm_type=p)[0] for p in orders]
    assert_equal(np.array(norms), np.array([7.0, 5.0, 4.0, 0.0, 2.0]))


def test_clip_grad_norm_of_order_0_counts_nan():
    """#{i: x[i] ≠ 0}, and NaN is not 0"""
    numbers = np.array([np.nan, 0.0, 2.0])
    assert clip_grad_norm(numbers, max_norm=9.0, norm_type=0.0)[0] == 2


# --- errors


@pytest.mark.parametrize(
    ("function", "options", "message"),
    [
        (clip_grad_norm, {"max_norm": -1}, "max_norm is -1"),
        (clip_grad_norm, {"max_norm": 1, "norm_type": math.nan}, "norm_type is NaN"),
        (grad_clipping, {"theta": 0}, "theta is 0"),
        (clip_grad_value, {"clip_value": Fraction(-1, 2)}, "clip_value is -1/2"),
    ],
)
def test_clipping_rejects_options(function, options, message):
    with pytest.raises(ValueError, match=message):
        function(np.ones(2), **options)


@pytest.mark.parametrize(
    ("function", "options"),
    [
        (clip_grad_norm, {"max_norm": 1.0}),
        (grad_clipping, {"theta": 1.0}),
        (clip_grad_value, {"clip_value": 1.0}),
    ],
)
def test_clipping_rejects_no_gradients(function, options):
    with pytest.raises(ValueError, match="there are no gradients"):
        function(**options)


# --- agreement


THREE = tuple(f"gradients[{k}]" for k in range(3))


@pytest.mark.parametrize("way", ways("clip_grad_norm"))
@given(gradients(ordinary), st.sampled_from(LIMITS), st.sampled_from(ORDERS))
def test_clip_grad_norm_agrees_with_backend(backend, way, grads, max_norm, norm_type):
    """The backend is as close to the definition as its precision promises."""
    options = {"max_norm": max_norm, "norm_type": norm_type}
    agree(backend, clip_grad_norm, *grads, constant=THREE, way=way, **options)


@pytest.mark.parametrize("way", ways("clip_grad_norm"))
@given(gradients(with_non_finite, SMALL), st.sampled_from([2.0, 1.0, math.inf]))
def test_clip_grad_norm_of_nan_agrees_with_backend(backend, way, grads, norm_type):
    """NaN anywhere makes all of it NaN; ∞ makes 0 of the rest."""
    options = {"max_norm": 1.0, "norm_type": norm_type}
    agree(backend, clip_grad_norm, *grads, constant=THREE, way=way, **options)


@given(gradients(ordinary), st.sampled_from([1.0, 0.5, 10.0, 1e-3]))
def test_grad_clipping_agrees_with_backend(backend, grads, theta):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, grad_clipping, *grads, constant=THREE, theta=theta)


@pytest.mark.parametrize("way", ways("clip_grad_value"))
@given(
    st.one_of(gradients(full_width), gradients(with_non_finite)),
    st.sampled_from(LIMITS),
)
def test_clip_grad_value_agrees_with_backend(backend, way, grads, clip_value):
    """The backend is as close to the definition as its precision promises."""
    options = {"clip_value": clip_value}
    agree(backend, clip_grad_value, *grads, constant=THREE, way=way, **options)
