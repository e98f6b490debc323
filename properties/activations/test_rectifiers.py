"""The laws of reference/activations/rectifiers.py, then its agreement."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.activations.strategies import ROWS, SLOPES, SLOPES_OR_ZERO, SMALL
from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.strategies import (
    fractions,
    full_width,
    sixteenths,
    with_non_finite,
)
from reference.activations.rectifiers import leaky_relu, prelu, relu

# --- strategies

arrays = SMALL.flatmap(fractions)
pairs = SMALL.flatmap(lambda shape: st.tuples(fractions(shape), fractions(shape)))
scales = st.integers(0, 16).map(lambda k: Fraction(k, 3))
slopes = st.integers(-12, 12).map(lambda k: Fraction(k, 4))

SHAPES = st.sampled_from(
    [(2, 3), (2, 33), (2, 3, 2, 2), (5,), (1, 65, 1), (33, 2), (2, 2, 33), (0, 3)]
)


@st.composite
def channelled(draw, elements):
    """An input, and a slope for each of its channels or for all."""
    shape, shared = draw(SHAPES), draw(st.booleans())
    channels = shape[1] if len(shape) > 1 else 1
    weight = draw(elements((1 if shared else channels,)))
    return draw(elements(shape)), weight


def ones(x):
    return np.ones(x.shape)


# --- identities


@given(arrays)
def test_relu_parts_make_up_a_number(x):
    """x = relu(x) − relu(−x),  |x| = relu(x) + relu(−x)"""
    assert_equal(relu(x) - relu(-x), x)
    assert_equal(relu(x) + relu(-x), abs(x))


@given(arrays, slopes)
def test_leaky_relu_is_of_two_parts(x, a):
    """leaky_relu(x) = relu(x) − a · relu(−x)"""
    assert_equal(leaky_relu(x, negative_slope=a), relu(x) - a * relu(-x))


@given(channelled(fractions))
def test_prelu_is_of_two_parts(example):
    """prelu(x, w)[n, c] = max(0, x[n, c]) + w[c] · min(0, x[n, c])"""
    x, w = example
    along = w.reshape((-1,) + (1,) * max(x.ndim - 2, 0))
    assert_equal(prelu(x, w), relu(x) - along * relu(-x))


# --- algebra


@given(arrays)
def test_relu_is_idempotent(x):
    """relu(relu(x)) = relu(x)"""
    assert_equal(relu(relu(x)), relu(x))


@given(arrays, scales, slopes)
def test_leaky_relu_is_positively_homogeneous(x, a, slope):
    """leaky_relu(a · x) = a · leaky_relu(x) for a ≥ 0"""
    left = leaky_relu(a * x, negative_slope=slope)
    assert_equal(left, a * leaky_relu(x, negative_slope=slope))


@given(arrays, st.integers(1, 12).map(lambda k: Fraction(k, 4)))
def test_leaky_relu_is_undone_by_the_other_slope(x, a):
    """leaky_relu(leaky_relu(x, a), 1 / a) = x for a > 0"""
    y = leaky_relu(x, negative_slope=a)
    assert_equal(leaky_relu(y, negative_slope=1 / a), x)


# --- bounds


@given(pairs)
def test_relu_is_bounded_by_how_far_numbers_are_apart(pair):
    """|relu(x) − relu(y)| ≤ |x − y|"""
    x, y = pair
    assert (abs(relu(x) - relu(y)) <= abs(x - y)).all()


@given(pairs)
def test_relu_is_monotone_in_its_input(pair):
    """x ≤ y  ⇒  relu(x) ≤ relu(y)"""
    low, high = np.minimum(*pair), np.maximum(*pair)
    assert (relu(low) <= relu(high)).all()


# --- special cases


@given(arrays)
def test_leaky_relu_reduces_to_relu(x):
    """leaky_relu(x, 0) = relu(x),  leaky_relu(x, 1) = x"""
    assert_equal(leaky_relu(x, negative_slope=0), relu(x))
    assert_equal(leaky_relu(x, negative_slope=1), x)


@given(arrays, slopes)
def test_prelu_of_one_slope_reduces_to_leaky_relu(x, a):
    """prelu(x, [a]) = leaky_relu(x, a)"""
    left = prelu(x, np.array([a], object))
    assert_equal(left, leaky_relu(x, negative_slope=a))


def test_prelu_is_no_maximum():
    """The notes: f(x) = max(αx, x). That is a prelu only for α ≤ 1; it can learn 2."""
    x, steep = np.array([-1.0, 2.0]), np.array([2.0])
    assert_equal(np.maximum(steep * x, x), np.array([-1.0, 4.0]))
    assert_equal(prelu(x, steep), np.array([-2.0, 2.0]))
    assert_equal(prelu(x, steep / 8), np.maximum(steep / 8 * x, x))


def test_relu_keeps_nan():
    """max(0, NaN) = NaN, max(0, −∞) = 0"""
    x = np.array([np.nan, np.inf, -np.inf])
    assert_equal(relu(x), np.array([np.nan, np.inf, 0.0]))


# --- gradients


@given(SMALL.flatmap(sixteenths))
def test_relu_gradient_goes_where_the_input_is_positive(x):
    """∂ Σ relu(x) / ∂x = [x > 0], 0 at 0"""
    (slope,) = gradient(relu, [x], ones(x))
    assert_equal(slope.astype(float), (x > 0) * 1.0)


@given(SMALL.flatmap(sixteenths))
def test_leaky_relu_gradient_is_one_of_two_slopes(x):
    """∂ Σ leaky_relu(x, 1/4) / ∂x = 1 where x > 0, else 1/4"""
    (slope,) = gradient(lambda x: leaky_relu(x, negative_slope=0.25), [x], ones(x))
    assert_equal(slope.astype(float), np.where(x > 0, 1, 0.25))


@given(SMALL.flatmap(sixteenths))
def test_prelu_gradient_of_a_slope_is_what_it_scales(x):
    """∂ Σ prelu(x, w) / ∂w[c] = Σ_n min(0, x[n, c])"""
    weight = np.full(x.shape[1], 0.5)
    _, slope = gradient(prelu, [x, weight], ones(x))
    assert_equal(slope.astype(float), np.minimum(x, 0).sum(axis=0))


# --- errors


@pytest.mark.parametrize(("shape", "weights"), [((2, 3), 2), ((3,), 3), ((), 2)])
def test_prelu_rejects_other_channels(shape, weights):
    with pytest.raises(ValueError, match="weight has shape"):
        prelu(np.zeros(shape), np.zeros(weights))


# --- agreement


@pytest.mark.parametrize("way", ways("relu"))
@given(ROWS.flatmap(full_width))
def test_relu_agrees_with_backend(backend, way, x):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, relu, x, way=way)


@pytest.mark.parametrize("way", ways("leaky_relu"))
@given(ROWS.flatmap(full_width), SLOPES)
def test_leaky_relu_agrees_with_backend(backend, way, x, slope):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, leaky_relu, x, way=way, negative_slope=slope)


@pytest.mark.parametrize("way", ways("prelu"))
@given(channelled(full_width))
def test_prelu_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, prelu, *example, way=way)


@given(ROWS.flatmap(with_non_finite))
def test_relu_of_non_finite_numbers_agrees_with_backend(backend, x):
    """NaN is of NaN; −∞ gives 0. Their slopes are nobody's."""
    agree(backend, relu, x, constant=("input",))


@given(ROWS.flatmap(with_non_finite), SLOPES_OR_ZERO)
def test_leaky_relu_of_non_finite_numbers_agrees_with_backend(backend, x, slope):
    """NaN is of NaN, and infinities are scaled."""
    agree(backend, leaky_relu, x, negative_slope=slope, constant=("input",))


@given(ROWS.flatmap(with_non_finite))
def test_prelu_of_non_finite_numbers_agrees_with_backend(backend, x):
    """NaN is of NaN, and infinities are scaled."""
    weight = np.full(1, 0.25)
    agree(backend, prelu, x, weight, constant=("input", "weight"))
