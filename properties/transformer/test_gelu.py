"""The laws of reference/gelu.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import (
    full_width,
    per_axis,
    sixteenths,
    tile_edges,
    with_non_finite,
)
from reference.transformer.gelu import gelu

APPROXIMATE = st.sampled_from(["none", "tanh"])
arrays = per_axis(2, 1, 4).flatmap(sixteenths)


@given(arrays, APPROXIMATE)
def test_gelu_of_opposites_differs_by_the_number(x, approximate):
    """gelu(x) − gelu(−x) = x"""
    left = gelu(bounded(x), approximate=approximate)
    assert_equal(left - gelu(bounded(-x), approximate=approximate), x)


@given(arrays, APPROXIMATE)
def test_gelu_is_bounded_by_zero_and_the_number(x, approximate):
    """min(x, 0) ≤ gelu(x) ≤ max(x, 0)"""
    y = gelu(x, approximate=approximate)
    assert (np.minimum(x, 0) <= y).all()
    assert (y <= np.maximum(x, 0)).all()


@given(st.integers(40, 10**6), APPROXIMATE)
def test_gelu_of_large_numbers_is_relu(x, approximate):
    """gelu(x) = x and gelu(−x) = 0, where no number is closer"""
    y = gelu(np.array([x, -x], float), approximate=approximate)
    assert_equal(y, np.array([x, 0.0]))


def test_gelu_of_negative_numbers_does_not_cancel():
    """gelu(−8) = −8 · Φ(−8) ≈ −4.98e-15, which 1 + erf(−8 / √2) makes 0 in float32"""
    (y,) = gelu(np.array([-8.0]))
    assert -4.98e-15 < y < -4.97e-15


def test_gelu_approximated_is_not_gelu():
    """gelu(1) = Φ(1) = 0.84134; by tanh it is 0.84119"""
    one = np.ones(1)
    assert 0.84134 < gelu(one)[0] < 0.84135
    assert 0.84119 < gelu(one, approximate="tanh")[0] < 0.84120


@pytest.mark.parametrize("approximate", ["none", "tanh"])
def test_gelu_gradient_at_zero_is_half(approximate):
    """gelu′(0) = Φ(0) = 1/2: it is not a relu"""
    (slope,) = gradient(
        lambda x: gelu(x, approximate=approximate),
        [bounded(np.zeros(1))],
        bounded(np.ones(1)),
    )
    assert_equal(slope, np.full(1, 0.5))


def test_gelu_rejects_an_unknown_approximation():
    with pytest.raises(ValueError, match="approximate is 'erf'"):
        gelu(np.zeros(1), approximate="erf")


@given(per_axis(2, 1, 4).flatmap(full_width), APPROXIMATE)
def test_gelu_agrees_with_backend(backend, x, approximate):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gelu, x, approximate=approximate)


@given(tile_edges(128).flatmap(lambda n: full_width((n,))), APPROXIMATE)
def test_gelu_of_positive_numbers_agrees_with_backend(backend, x, approximate):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gelu, abs(x), approximate=approximate)


@given(per_axis(2, 1, 5).flatmap(with_non_finite), APPROXIMATE)
def test_gelu_of_non_finite_numbers_agrees_with_backend(backend, x, approximate):
    """NaN is of NaN, ∞ of ∞; −∞ · 0 is NaN, whose limit is 0: it is not drawn."""
    x = np.where(x == -np.inf, np.inf, x)
    agree(backend, gelu, x, constant=("input",), approximate=approximate)
