"""The laws of reference/tensors/pointwise.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.strategies import fractions, full_width, ordinary, with_non_finite
from properties.tensors.test_layout import broadcast
from reference.tensors.pointwise import BINARY, UNARY, elementwise, elementwise2

# --- strategies

SIZES = st.sampled_from([(33,), (2, 3), (65,), (), (5,), (0, 2), (4, 1, 2)])
OF_POSITIVE = ("log", "sqrt")
"""Functions of numbers that are not negative."""


@st.composite
def pairs(draw, elements):
    """Two tensors that broadcast."""
    parts = draw(broadcast(elements))
    return parts[0], parts[-1]


def domain(x, function):
    """The numbers, where the function has a slope, that is neither NaN nor beyond."""
    if function == "square":
        return np.where(abs(x) > 1e300, 1, x)
    if function == "log1p":
        return abs(x) - 0.9990234375
    return abs(x) + 2.0**-20 if function in OF_POSITIVE else x


def divisor(x, function):
    """The numbers, but for zeros that nothing can be divided by."""
    return np.where(x == 0, 1, x) if function == "div" else np.asarray(x)


def each(functions):
    return pytest.mark.parametrize("function", functions)


# --- identities


@given(fractions((3,)), fractions((2, 1)))
def test_elementwise2_has_the_algebra_of_numbers(x, y):
    """x + y = y + x, x − y = x + (−y), x · y = y · x, max = −min(−x, −y)"""

    def f(name, left, right):
        return elementwise2(left, right, function=name)

    minus = elementwise(y, function="neg")
    assert_equal(f("add", x, y), f("add", y, x))
    assert_equal(f("sub", x, y), f("add", x, minus))
    assert_equal(f("mul", x, y), f("mul", y, x))
    assert_equal(f("maximum", x, y), -f("minimum", -x, minus))


@given(fractions((3,)), fractions((2, 1)))
def test_elementwise2_div_undoes_mul(x, y):
    """x · y / y = x, where y is not 0, and 1 / y is its reciprocal"""
    y = abs(y) + 1
    product = elementwise2(x, y, function="mul")
    left = elementwise2(product, y, function="div")
    assert_equal(left, np.broadcast_to(x, left.shape).copy())
    one = elementwise2(y / y, y, function="div")
    assert_equal(one, elementwise(y, function="reciprocal"))


@given(ordinary((3,)))
def test_elementwise_inverses_undo_each_other(x):
    """log e^x = x, log1p (e^x − 1) = x, √x² = |x|"""
    x = bounded(x / 16)

    def f(name, x):
        return elementwise(x, function=name)

    assert_equal(f("log", f("exp", x)), x)
    assert_equal(f("log1p", f("expm1", x)), x)
    assert_equal(f("sqrt", f("square", x)), f("abs", x))


@given(ordinary((3,)))
def test_elementwise_sin_and_cos_lie_on_a_circle(x):
    """sin² + cos² = 1"""
    parts = [elementwise(bounded(x), function=name) for name in ("sin", "cos")]
    assert_equal(sum(part * part for part in parts), np.ones(3))


@each([*UNARY])
@given(x=ordinary((4,)))
def test_elementwise_is_of_each_number_by_itself(function, x):
    """f(x)[i] = f(x[i])"""
    x = domain(x, function)
    with np.errstate(all="ignore"):
        left = elementwise(x, function=function)
        for i in range(4):
            assert_equal(left[i], elementwise(x[i, ...], function=function)[()])


# --- gradients


@given(fractions((2,)), fractions((2, 1)))
def test_elementwise2_adds_up_gradients_of_what_is_broadcast(x, y):
    """∂ Σ x · y / ∂y[i] = Σ_j x[j]: of all that a number went into"""
    by_x, by_y = gradient(
        lambda x, y: elementwise2(x, y, function="mul"), [x, y], np.ones((2, 2), int)
    )
    assert_equal(by_x, np.array([y.sum()] * 2))
    assert_equal(by_y, np.array([[x.sum()]] * 2))


# --- errors


def test_elementwise_and_elementwise2_reject_functions_and_shapes():
    with pytest.raises(ValueError, match="function is 'erf'"):
        elementwise(np.ones(1), function="erf")
    with pytest.raises(ValueError, match="function is 'exp'"):
        elementwise2(np.ones(1), np.ones(1), function="exp")
    with pytest.raises(ValueError, match="at axis -1 they differ"):
        elementwise2(np.ones(2), np.ones(3), function="add")


# --- agreement


@pytest.mark.parametrize("way", ways("elementwise"))
@given(SIZES.flatmap(full_width), st.sampled_from([*UNARY]))
def test_elementwise_agrees_with_backend(backend, way, x, function):
    """The backend is as close to the definition as its precision promises."""
    x = domain(np.asarray(x), function)
    agree(backend, elementwise, x, way=way, function=function)


@given(SIZES.flatmap(with_non_finite), st.sampled_from([*UNARY]))
def test_elementwise_of_non_finite_agrees_with_backend(backend, x, function):
    """NaN and infinities go where the definition sends them."""
    agree(backend, elementwise, x, function=function, constant=("input",))


@given(pairs(full_width), st.sampled_from([*BINARY]))
def test_elementwise2_agrees_with_backend(backend, pair, function):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, elementwise2, pair[0], divisor(pair[1], function), function=function)


@pytest.mark.parametrize("way", ways("elementwise2")[1:])
@given(pairs(full_width), st.sampled_from(["add", "sub", "mul", "div"]))
def test_elementwise2_in_other_ways_agrees_with_backend(backend, way, pair, function):
    """So is an operator, and one that writes into its first tensor."""
    x, y = np.broadcast_arrays(*pair)[0].copy(), divisor(pair[1], function)
    agree(backend, elementwise2, x, y, way=way, function=function)


@given(pairs(with_non_finite), st.sampled_from([*BINARY]))
def test_elementwise2_of_non_finite_agrees_with_backend(backend, pair, function):
    """NaN and infinities go where the definition sends them."""
    names = ("input", "other")
    agree(backend, elementwise2, *pair, function=function, constant=names)
