"""The laws of reference/activations/exponential_linear.py, then its agreement."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.activations.strategies import ROWS, SMALL, tiny
from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.strategies import full_width, sixteenths, with_non_finite
from reference.activations.exponential_linear import (
    SELU_ALPHA,
    SELU_SCALE,
    elu,
    selu,
)
from reference.activations.rectifiers import relu
from reference.exponentials import erfc

arrays = SMALL.flatmap(sixteenths)
ALPHAS = st.sampled_from([1.0, 0.5, -0.5, 2.0, 0.0, 1.7])

# --- identities


@given(arrays)
def test_selu_is_a_scaled_elu(x):
    """selu(x) = λ · elu(x, α)"""
    left = selu(bounded(x))
    assert_equal(left, SELU_SCALE * elu(bounded(x), alpha=SELU_ALPHA))


@given(arrays, st.sampled_from([0.5, 1, 2]))
def test_elu_is_relu_where_it_is_positive(x, alpha):
    """max(0, elu(x)) = relu(x)"""
    assert_equal(relu(elu(x, alpha=alpha)), relu(x))


# --- bounds


@given(SMALL.flatmap(full_width), st.sampled_from([0.5, 1.0, 2.0]))
def test_elu_is_bounded_by_minus_alpha(x, alpha):
    """elu(x) ≥ −alpha"""
    assert (elu(x, alpha=alpha) >= -alpha).all()


@given(st.integers(-128, 128), st.integers(1, 64))
def test_elu_is_monotone_in_its_input(k, more):
    """x < y  ⇒  elu(x) < elu(y)"""
    low, high = elu(bounded(np.array([k, k + more]) / 16), alpha=1.0)
    assert low < high


# --- special cases


@given(arrays)
def test_elu_of_no_alpha_is_relu(x):
    """elu(x, 0) = relu(x)"""
    assert_equal(elu(x, alpha=0), relu(x))


def test_elu_has_its_second_branch_below_zero():
    """The notes: both branches of ELU and of SELU are for x > 0; the second is not."""
    up, down = elu(np.array([2.0, -2.0]))
    assert up == 2 < math.expm1(2)
    assert down == math.expm1(-2)
    assert selu(np.array([2.0]))[0] == 2 * SELU_SCALE


def test_selu_keeps_mean_zero_and_variance_one():
    """E selu(X) = 0 and E selu(X)² = 1 for normal X, in integrals known exactly

    E max(0, X) = 1/√(2π), E X² [X > 0] = 1/2, E e^(kX) [X < 0] = e^(k²/2) Φ(−k).
    """
    k = bounded(np.arange(3.0))
    below = [np.exp(n * n / 2) * erfc(n / math.sqrt(2)) / 2 for n in k]
    mean = 1 / np.sqrt(bounded(2 * math.pi)) + SELU_ALPHA * (below[1] - below[0])
    square = 0.5 + SELU_ALPHA**2 * (below[2] - 2 * below[1] + below[0])
    moments = np.array([SELU_SCALE * mean, SELU_SCALE**2 * square])
    assert_equal(moments, np.array([0.0, 1.0]))


# --- gradients


@given(arrays, st.sampled_from([0.5, 1.0, 2.0]))
def test_elu_gradient_is_its_value_and_alpha(x, alpha):
    """elu′(x) = 1 where x > 0, else elu(x) + alpha: continuous at 0 if alpha is 1"""
    ones = bounded(np.ones(x.shape))
    (slope,) = gradient(lambda x: elu(x, alpha=alpha), [bounded(x)], ones)
    below = elu(bounded(x), alpha=alpha) + alpha
    assert_equal(slope, np.where(x > 0, ones, below))


def test_selu_gradient_of_zero_is_that_from_below():
    """selu′(0) = scale · alpha, and not scale"""
    (slope,) = gradient(selu, [bounded(np.zeros(1))], np.ones(1))
    assert_equal(slope, np.array([SELU_SCALE * SELU_ALPHA]))


# --- agreement


@pytest.mark.parametrize("way", ways("elu"))
@given(ROWS.flatmap(full_width), ALPHAS)
def test_elu_agrees_with_backend(backend, way, x, alpha):
    """The backend is as close to the definition as its precision promises.

    In place, PyTorch's slope is y + alpha, which cancels: it is nobody's.
    """
    constant = ("input",) if way != "elu" else ()
    agree(backend, elu, x, way=way, alpha=alpha, constant=constant)


@given(ROWS.flatmap(tiny), ALPHAS)
def test_elu_of_tiny_numbers_agrees_with_backend(backend, x, alpha):
    """exp(x) − 1 of a tiny x is x, and not 0."""
    agree(backend, elu, x, alpha=alpha)


@pytest.mark.parametrize("way", ways("selu"))
@given(st.one_of(ROWS.flatmap(full_width), ROWS.flatmap(tiny)))
def test_selu_agrees_with_backend(backend, way, x):
    """The backend is as close to the definition as its precision promises.

    In place, PyTorch's slope is y + λα, which cancels: it is nobody's.
    """
    agree(backend, selu, x, way=way, constant=("input",) if way != "selu" else ())


@given(ROWS.flatmap(with_non_finite), st.sampled_from([1.0, 0.5]))
def test_elu_of_non_finite_numbers_agrees_with_backend(backend, x, alpha):
    """NaN is of NaN, ∞ of ∞; −∞ gives −alpha."""
    agree(backend, elu, x, alpha=alpha, constant=("input",))


@given(ROWS.flatmap(with_non_finite))
def test_selu_of_non_finite_numbers_agrees_with_backend(backend, x):
    """NaN is of NaN, ∞ of ∞; −∞ gives −λα."""
    agree(backend, selu, x, constant=("input",))
