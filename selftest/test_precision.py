"""Rounding to a format is what IEEE 754 says it is."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.arithmetic.precision import BFLOAT16, FLOAT16, FLOAT32, FORMATS
from selftest.implementations import nearest, ulp


@given(st.lists(st.floats(), min_size=1))
@pytest.mark.parametrize("form", [FLOAT32, FLOAT16])
def test_rounding_is_numpys(form, numbers):
    with np.errstate(over="ignore", under="ignore"):
        expected = np.array(numbers).astype(form.name).astype(np.float64)
    actual = form.round(np.array(numbers))
    np.testing.assert_array_equal(actual, expected, strict=True)
    np.testing.assert_array_equal(np.signbit(actual), np.signbit(expected))


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([0, 0.5, 1]))
@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_rounding_is_to_the_nearest_even(form, number, fraction_of_ulp):
    """At numbers, halfway between them, beyond the largest and below the smallest."""
    with np.errstate(over="ignore"):
        near = float(form.round(number))
    for exact in (number, near, form.largest, form.smallest, form.smallest_normal):
        if math.isfinite(exact) and exact:
            gap = float(ulp(form, Fraction(exact))) * fraction_of_ulp
            for x in (exact + gap, exact - gap, -exact - gap):
                if math.isfinite(x):
                    assert form.round(x) == nearest(form, Fraction(x))


@pytest.mark.parametrize("form", [FLOAT32, FLOAT16, BFLOAT16])
def test_rounding_overflows_half_a_unit_beyond_the_largest(form):
    half = float(ulp(form, Fraction(form.largest))) / 2
    for sign in (1, -1):
        threshold = sign * (form.largest + half)
        assert form.round(threshold) == sign * math.inf
        assert form.round(np.nextafter(threshold, 0)) == sign * form.largest
    assert math.isnan(form.round(math.nan))


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
def test_formats_are_numpys(dtype):
    form, info = FORMATS[dtype.__name__], np.finfo(dtype)
    assert form.unit_roundoff == info.eps / 2
    assert form.largest == info.max
    assert form.smallest_normal == info.smallest_normal
    assert form.smallest == info.smallest_subnormal
