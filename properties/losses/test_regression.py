"""The laws of reference/losses/regression.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import (
    REDUCTIONS,
    fractions,
    ordinary,
    sixteenths,
    with_non_finite,
)
from reference.losses.regression import l1_loss, mse_loss

SHAPES = st.sampled_from([(33,), (2, 3), (65,), (2, 1, 2), (), (4,), (3, 33)])
SMALL = st.sampled_from([(3,), (2, 2), (1,), (1, 4)])


def predictions(elements, shapes=SMALL):
    return shapes.flatmap(lambda shape: st.tuples(elements(shape), elements(shape)))


each_loss = pytest.mark.parametrize("loss", [mse_loss, l1_loss])


@each_loss
@given(predictions(fractions))
def test_mse_loss_and_l1_loss_are_commutative(loss, pair):
    """l(x, y) = l(y, x) ≥ 0 = l(x, x)"""
    x, y = pair
    assert loss(x, y) == loss(y, x) >= 0 == loss(x, x)


@each_loss
@given(predictions(fractions))
def test_mse_loss_and_l1_loss_reductions_are_of_its_losses(loss, pair):
    """sum = Σ_i l[i],  mean = Σ_i l[i] / n"""
    losses = loss(*pair, reduction="none")
    assert loss(*pair, reduction="sum") == losses.sum()
    assert loss(*pair) == losses.sum() / losses.size


@given(predictions(fractions), st.integers(-9, 9))
def test_mse_loss_is_invariant_under_shifts(pair, c):
    """l(x + c, y + c) = l(x, y)"""
    x, y = pair
    assert mse_loss(x + c, y + c) == mse_loss(x, y)


@given(predictions(fractions))
def test_mse_loss_splits_into_bias_and_variance(pair):
    """l(x, c) = l(x, mean x) + (mean x − c)² for a target that is one number"""
    x, c = pair[0], pair[1].flat[0]
    mean = x.sum() / x.size
    spread = mse_loss(x, np.full(x.shape, mean))
    assert mse_loss(x, np.full(x.shape, c)) == spread + (mean - c) ** 2


@given(st.data())
def test_l1_loss_is_bounded_by_a_detour(data):
    """l(x, z) ≤ l(x, y) + l(y, z)"""
    x, y = data.draw(predictions(fractions))
    z = data.draw(fractions(x.shape), "z")
    assert l1_loss(x, z) <= l1_loss(x, y) + l1_loss(y, z)


@given(predictions(sixteenths))
def test_mse_loss_gradient_is_twice_the_error(pair):
    """∂ Σ l / ∂x = 2 (x − y) = −∂ Σ l / ∂y"""
    x, y = pair
    slopes = gradient(lambda x, y: mse_loss(x, y, reduction="sum"), pair, np.ones(()))
    assert_equal(slopes[0].astype(float), 2 * (x - y))
    assert_equal(slopes[1].astype(float), 2 * (y - x))


@given(predictions(sixteenths))
def test_l1_loss_gradient_is_the_sign_of_the_error(pair):
    """∂ Σ l / ∂x = sign(x − y), 0 where they are equal"""
    x, y = pair
    slopes = gradient(lambda x, y: l1_loss(x, y, reduction="sum"), pair, np.ones(()))
    assert_equal(slopes[0].astype(float), np.sign(x - y))


@each_loss
def test_mse_loss_and_l1_loss_reject_bad_input(loss):
    with pytest.raises(ValueError, match="input and target have shapes"):
        loss(np.zeros(2), np.zeros(3))
    with pytest.raises(ValueError, match="reduction is"):
        loss(np.zeros(2), np.zeros(2), reduction="max")


@given(predictions(ordinary, SHAPES), REDUCTIONS)
def test_mse_loss_agrees_with_backend(backend, pair, reduction):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, mse_loss, *pair, reduction=reduction)


@given(predictions(ordinary, SHAPES), REDUCTIONS)
def test_l1_loss_agrees_with_backend(backend, pair, reduction):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, l1_loss, *pair, reduction=reduction)


@each_loss
@given(predictions(with_non_finite, SHAPES))
def test_mse_loss_and_l1_loss_of_non_finite_numbers_agree(backend, loss, pair):
    """NaN is of NaN and of ∞ − ∞."""
    agree(backend, loss, *pair, reduction="none", constant=("input", "target"))
