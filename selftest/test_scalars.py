"""Bounded numbers are numbers: special values, comparisons, and NumPy's functions."""

import itertools
import math
import operator
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.arithmetic.bounded import Undecidable, bounded, bounded_numbers
from properties.arithmetic.precision import promise
from selftest.implementations import FUNCTIONS, OPERATIONS, is_within

# --- what is not a number


SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, 3.0, math.inf, -math.inf, math.nan)
UFUNCS = [OPERATIONS[name] for name in (*FUNCTIONS, "abs", "negative")]


@pytest.mark.parametrize("ufunc", UFUNCS)
def test_functions_of_special_numbers_are_as_in_ieee_754(ufunc):
    for x in SPECIAL:
        with np.errstate(all="ignore"):
            expected = ufunc(np.float64(x))
        number = ufunc(bounded([x])[0])
        assert is_within(expected, number), f"of {x}: {number}, not {expected}"
        assert number.error <= 1e-12, f"of {x}: {number}"


@pytest.mark.parametrize(
    "name", ["product", "quotient", "maximum", "minimum", "sum", "power"]
)
def test_operations_on_special_numbers_are_as_in_ieee_754(name):
    """All but the sign of 1 / 0, which is not certain, and (−∞)^y."""
    operation = operator.add if name == "sum" else OPERATIONS[name]
    for x, y in itertools.product(SPECIAL, SPECIAL):
        with np.errstate(all="ignore"):
            expected = operation(np.float64(x), np.float64(y))
        a, b = bounded([x, y])
        number = operation(a, y if name == "power" else b)
        assert is_within(expected, number), f"of {x}, {y}: {number}, not {expected}"
        may_doubt = name in ("quotient", "power") and math.isinf(expected)
        may_doubt |= name == "power" and x == -math.inf
        assert may_doubt or number.error <= 1e-12, f"of {x}, {y}: {number}"


# --- comparisons


COMPARISONS = [operator.lt, operator.le, operator.gt, operator.ge, operator.eq]
COMPARISONS += [operator.ne]


@given(st.floats(-4, 4), st.floats(0, 4), st.floats(-4, 4), st.floats(0, 4))
def test_comparisons_are_undecidable_exactly_where_bounds_overlap(x, dx, y, dy):
    number = bounded_numbers(promise("numpy", "cpu", "float32"))
    for compare in COMPARISONS:
        if dx + dy and abs(x - y) <= dx + dy:
            with pytest.raises(Undecidable):
                compare(number(x, dx), number(y, dy))
        else:
            assert compare(number(x, dx), number(y, dy)) is compare(x, y)


@given(st.floats(), st.floats() | st.integers(-9, 9))
def test_exact_numbers_are_always_decidable(x, y):
    a, b = bounded([x, y])
    for compare in COMPARISONS:
        assert compare(a, b) is compare(x, y)
        assert compare(b, a) is compare(y, x)
        if isinstance(y, int):
            assert compare(a, y) is compare(a, np.float64(y)) is compare(x, y)
            assert compare(y, a) is compare(y, x)
            assert compare(np.float64(y), a) is compare(y, x)


@given(st.floats(-4, 4), st.floats(0, 4), st.floats(-4, 4), st.floats(0, 4))
def test_maximum_and_minimum_are_always_decidable(x, dx, y, dy):
    """max of any two numbers within the bounds is within the bound of the max."""
    number = bounded_numbers(promise("numpy", "cpu", "float32"))
    for ufunc in (np.maximum, np.minimum):
        result = ufunc(number(x, dx), number(y, dy))
        for a, b in itertools.product([x - dx, x, x + dx], [y - dy, y, y + dy]):
            off = Fraction(abs(float(ufunc(a, b)) - result.value))
            assert off <= Fraction(result.error) + Fraction(1, 2**50)


# --- NumPy's functions


def test_ufuncs_reach_the_operators():
    a, b = bounded([1.5, 2.0])
    array = bounded([1.5, 2.0])
    for left, right in [
        (np.float64(2) * a, 2 * a),
        (a * np.float64(2), a * 2),
        (np.int64(2) + a, 2 + a),
        (np.float32(2) / a, 2 / a),
        (np.subtract(3.0, a), 3 - a),
        (np.power(a, 2), a**2),
        (np.exp(array)[0], np.exp(a)),
        ((array * array)[1], b * b),
        ((array + a)[1], b + a),
        ((2.0 * array)[0], 2.0 * a),
        (array.sum(), a + b),
        (sum(array), a + b),
        (np.zeros(2, object)[0] + a, a),
        ((array @ array), a * a + b * b),
    ]:
        assert (left.value, left.error) == (right.value, right.error)
    assert np.maximum(a, 2).value == np.maximum(2, a).value == 2
    assert np.minimum(np.float64(1), a).value == 1
    assert (np.less(a, b), a < np.float64(1), np.float64(3) > a) == (True, False, True)
    assert (array < 1.75).tolist() == [True, False]


@pytest.mark.parametrize("ufunc", [np.floor, np.arctan2, np.add.reduce])
def test_other_ufuncs_are_type_errors(ufunc):
    (x,) = bounded([1.5])
    with pytest.raises(TypeError):
        ufunc(*[x] * getattr(ufunc, "nin", 1))


def test_other_objects_are_type_errors():
    (x,) = bounded([1.5])
    for operation in (operator.add, operator.sub, operator.mul, operator.truediv):
        for other in (None, "2", [2]):
            with pytest.raises(TypeError):
                operation(x, other)
