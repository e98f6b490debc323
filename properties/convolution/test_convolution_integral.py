"""The laws of reference/convolution_integral.py, then its agreement."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.strategies import fractions, full_width, per_axis, whole_numbers
from reference.convolution.convolution_integral import convolution_integral

# --- strategies


@st.composite
def sampled_functions(draw, elements):
    """The samples of two functions of one or two variables."""
    (axes,) = draw(whole_numbers((1, 2)))
    first, second = draw(per_axis(axes, 1, 4)), draw(per_axis(axes, 1, 4))
    return draw(elements(first)), draw(elements(second))


def steps():
    return st.sampled_from([1, 0.5, 0.1, 0.001])


def gaussian(x, deviation):
    """The density of the normal distribution around 0."""
    return np.exp(x * x / (-2 * deviation**2)) / (deviation * math.sqrt(2 * math.pi))


# --- algebra


@given(sampled_functions(fractions), fractions(()))
def test_convolution_integral_is_commutative(functions, step):
    """f ∗ g = g ∗ f"""
    f, g = functions
    left = convolution_integral(f, g, step=step)
    assert_equal(left, convolution_integral(g, f, step=step))


@given(sampled_functions(fractions), fractions(()))
def test_convolution_integral_multiplies_integrals(functions, step):
    """∫ f ∗ g = ∫ f · ∫ g, each a Riemann sum"""
    f, g = functions
    area = step**f.ndim
    left = area * convolution_integral(f, g, step=step).sum()
    assert left == (area * f.sum()) * (area * g.sum())


# --- special cases


@given(st.integers(1, 8))
def test_convolution_integral_of_boxes_is_a_triangle(n):
    """1 on [0, 1) ∗ 1 on [0, 1) rises to 1 and falls: at its samples, exactly."""
    box = np.array([Fraction(1)] * n)
    actual = convolution_integral(box, box, step=Fraction(1, n))
    triangle = [1 - Fraction(abs(i), n) for i in range(1 - n, n)]
    assert_equal(actual, np.array(triangle))


@given(st.integers(4, 12), st.integers(4, 12))
def test_convolution_integral_converges_for_gaussians(first, second):
    """N(0, σ²) ∗ N(0, τ²) = N(0, σ² + τ²), but for what sampling may be off

    A sum over all multiples of the step 1 is, by Poisson's summation formula, the
    integral times 1 + 2 Σ_m q^(m²) · cos(…), where q = exp(−2π² · ρ²) and
    ρ² = σ² · τ² / (σ² + τ²): off by at most 2 q / (1 − q) of itself. What lies beyond
    the last sample R adds up to less than the integral of f, or g, from R.
    """
    σ, τ = first / 8, second / 8
    R = 6 * max(first, second) // 8
    f, g = (gaussian(bounded(np.arange(-R, R + 1)), deviation) for deviation in (σ, τ))
    actual = convolution_integral(f, g, step=1)
    expected = gaussian(bounded(np.arange(-2 * R, 2 * R + 1)), math.hypot(σ, τ))
    q = math.exp(-2 * (math.pi * σ * τ) ** 2 / (σ**2 + τ**2))
    beyond = gaussian(0, τ) * math.erfc(R / σ / math.sqrt(2))
    beyond += gaussian(0, σ) * math.erfc(R / τ / math.sqrt(2))
    assert all(abs(actual - expected) <= 2 * q / (1 - q) * expected + beyond)


# --- errors


def test_convolution_integral_rejects_functions_of_other_variables():
    with pytest.raises(ValueError, match="must have as many axes"):
        convolution_integral(np.ones(3), np.ones((3, 3)), step=1)


# --- agreement


@given(sampled_functions(full_width), steps())
def test_convolution_integral_agrees_with_backend(backend, functions, step):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, convolution_integral, *functions, step=step)
