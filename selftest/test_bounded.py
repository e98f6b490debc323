"""A correct implementation is within the bound, whatever it does differently."""

import itertools
import math
import operator
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import allowed
from properties.arithmetic.bounded import Undecidable, bounded, bounded_numbers
from properties.arithmetic.precision import (
    BFLOAT16,
    FLOAT16,
    FLOAT32,
    FORMATS,
    Precision,
    promise,
)
from selftest.implementations import (
    FUNCTIONS,
    OPERATIONS,
    Implementation,
    evaluate,
    exactly,
    fraction,
    implementations,
    nearest,
    ulp,
)

PRECISIONS = {
    "numpy-float64": promise("numpy", "cpu", "float64"),
    "numpy-float32": promise("numpy", "cpu", "float32"),
    "numpy-float16": promise("numpy", "cpu", "float16"),
    "torch-float64": promise("torch", "cpu", "float64"),
    "torch-float32": promise("torch", "cpu", "float32"),
    "flushing-bfloat16": promise("torch", "cpu", "bfloat16"),
    "cuda-bfloat16": promise("torch", "cuda", "bfloat16"),
    "wide-bfloat16": promise("torch", "cpu", "bfloat16", "conv2d", wide=True),
    "wide-float16": promise("torch", "cpu", "float16", "conv2d", wide=True),
    "tf32": promise("torch", "cuda", "float32", "conv2d"),
    "mixed-bfloat16": Precision(
        BFLOAT16, BFLOAT16, FLOAT32, FLOAT32, ("torch", "cpu"), flushes=True
    ),
}
each_precision = pytest.mark.parametrize(
    "precision", PRECISIONS.values(), ids=PRECISIONS
)


# --- strategies


@st.composite
def number_lists(draw, form, *, least=1, most=8):
    """Finite numbers of a format: of every size, and the ends of its range."""
    ends = (form.smallest, form.smallest_normal, form.largest, 0.0, 1.0, 1 / 3)
    number = st.one_of(
        st.floats(-8, 8),
        st.floats(-8, 8),
        st.floats(-form.largest, form.largest),
        st.sampled_from([sign * end for end in ends for sign in (1, -1)]),
    )
    numbers = draw(st.lists(number, min_size=least, max_size=most))
    return form.round(np.array(numbers)).tolist()


@st.composite
def formulas(draw, form):
    """A formula, numbers of a format to put into it, and a seed."""
    inputs = draw(number_lists(form))
    program = draw(st.binary(min_size=1, max_size=24))
    return parsed(program, len(inputs)), inputs, draw(st.integers(0, 2**16))


BINARY = ("product", "quotient", "maximum", "minimum")
UNARY = (*FUNCTIONS, "abs", "negative")
EXPONENTS = (2, 3, 0.5, -1, -0.5, 1.5, 0)


def parsed(program, count):
    """Read bytes as a formula in postfix notation: it shrinks as they do."""
    stack = []
    for byte in program:
        kind, which = byte % 16, byte // 16
        taken = 0 if kind < 7 else 2 if kind in (10, 11) else 1 if kind > 11 else which
        rest, parts = stack[: len(stack) - taken], stack[len(stack) - taken :]
        inputs = [("input", (which + i) % count) for i in range(9)]
        parts = (parts + inputs)[: max(taken, 1)] if taken else inputs
        if kind < 7:
            formula = parts[0]
        elif kind in (7, 8):
            formula = ("sum", *parts)
        elif kind == 9:
            formula = ("sum", *[("product", a, b) for a, b in zip(parts, inputs)])
        elif kind in (10, 11):
            formula = (BINARY[which % 4], *parts)
        elif kind == 12:
            formula = ("power", *parts, EXPONENTS[which % 7])
        else:
            formula = (UNARY[which % 10], *parts)
        stack = [*rest, formula]
    return stack[0] if len(stack) == 1 else ("sum", *stack)


def is_within(actual, number):
    """Whether a number is within a bound: computed exactly."""
    if math.isinf(number.error):
        return True
    if not (math.isfinite(number.value) and math.isfinite(actual)):
        both_nan = math.isnan(actual) and math.isnan(number.value)
        return actual == number.value or both_nan
    off = abs(fraction(actual) - Fraction(number.value))
    return off <= Fraction(number.error)


# --- the bound holds


@each_precision
def test_implementations_are_within_the_bound(precision):
    """|computed − value| ≤ error for each kernel, and for the exact value."""

    @given(formulas(precision.storage))
    def check(example):
        formula, inputs, seed = example
        number = evaluate(formula, bounded(inputs, precision))
        for implementation in implementations(precision, seed):
            actual = implementation(formula, inputs)
            assert is_within(actual, number), f"{actual!r} is not {number}"
            stored = implementation.rounded(actual, precision.storage)
            if math.isfinite(stored) and math.isfinite(number.error):
                bound = allowed(np.float64(number.value), number.error, precision)
                assert is_within(stored, type(number)(number.value, float(bound)))
        exact = exactly(formula, inputs)
        assert exact is None or is_within(exact, number), f"{exact} is not {number}"

    check()


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
def test_numpy_is_within_the_bound(dtype):
    precision = PRECISIONS[f"numpy-{dtype.__name__}"]

    @given(formulas(precision.storage))
    def check(example):
        formula, inputs, _ = example
        number = evaluate(formula, bounded(inputs, precision))
        with np.errstate(all="ignore"):
            actual = evaluate(formula, [dtype(x) for x in inputs])
        assert is_within(float(actual), number), f"{actual!r} is not {number}"

    check()


# --- the bound is not wrongly large


@pytest.mark.parametrize("dtype", ["float64", "float32", "float16"])
@pytest.mark.parametrize("terms", [2, 3, 4])
def test_bounds_of_inner_products_are_reached_in_part(dtype, terms):
    """Some implementation of Σ x · y is off by a quarter of the bound."""
    precision = PRECISIONS[f"numpy-{dtype}"]
    products = [("product", ("input", i), ("input", i + 1)) for i in range(terms)]
    formula, random = ("sum", *products), np.random.default_rng(0)
    worst = 0
    for seed in range(300):
        inputs = precision.storage.round(random.uniform(1, 2, terms + 1)).tolist()
        number = evaluate(formula, bounded(inputs, precision))
        actual = Implementation(precision, "forwards", seed=seed)(formula, inputs)
        exact = sum(Fraction(a) * Fraction(b) for a, b in itertools.pairwise(inputs))
        worst = max(worst, abs(Fraction(actual) - exact) / Fraction(number.error))
    assert worst > Fraction(1, 4) / (1 + (dtype == "float64"))


@pytest.mark.parametrize("name", [*FUNCTIONS, "pow"])
def test_bounds_of_functions_are_their_documented_ulps(name):
    """What is exact costs nothing: the bound of f(x) is so many ulps of it."""
    precision = PRECISIONS["torch-float32"]
    (x,) = bounded([0.75], precision)
    number = x**0.5 if name == "pow" else getattr(np, name)(x)
    ulps = precision.ulps[name] * ulp(FLOAT32, Fraction(number.value))
    assert ulps / 2 <= Fraction(number.error) <= ulps * 2 * (1 + Fraction(1, 2**20))


def test_what_is_exact_has_no_error():
    x, y, zero, nan, infinity = bounded([1.5, -2.5, 0, math.nan, math.inf])
    exact = [x, -x, abs(y), +x, x + 0, 0 + x, sum([x]), x * 1, -1 * x, 0 * x, zero * y]
    exact += [zero / y, nan * x, infinity + x, -infinity, infinity * y, x / infinity]
    exact += [zero * infinity, infinity - infinity, zero / zero, infinity / infinity]
    exact += [np.maximum(x, y), np.minimum(x, 2), np.exp(-infinity), np.log(zero)]
    exact += [np.sqrt(y), np.log(y), np.log1p(y), np.sin(infinity), nan**2, zero**-2]
    assert [number.error for number in exact] == [0] * len(exact)


# --- overflow and underflow


@each_precision
def test_overflow_is_never_certain(precision):
    number = bounded_numbers(precision)
    largest, half = number(precision.operation.largest), number(0.5)
    assert (largest * half).error < math.inf
    uncertain = [largest * 2, largest + largest, largest / half, largest**3]
    uncertain += [np.exp(largest), np.expm1(largest)]
    uncertain += [largest * 2 - largest, (largest * 2) * 0, 1 / (largest * 2)]
    uncertain += [np.tanh(largest * 2), np.maximum(largest * 2, 0)]
    assert all(number.error == math.inf for number in uncertain)


@each_precision
def test_underflow_is_gradual_or_all_at_once(precision):
    operation = precision.operation
    small = bounded_numbers(precision)(operation.smallest_normal)
    step = operation.smallest_normal if precision.flushes else operation.smallest
    for number in (small / 4, small * 0.25, small * small):
        assert step <= number.error <= (2.5 if precision.flushes else 4) * step
    assert np.exp(bounded([-1e4], precision)[0]).error > 0


@pytest.mark.parametrize("name", ["numpy-float16", "flushing-bfloat16"])
def test_constants_are_rounded(name):
    precision = PRECISIONS[name]
    lift = bounded_numbers(precision).lift
    for number in (0.1, 1 / 3, 1e-5, 1e-7, 2.0**-30, 1000.5):
        assert is_within(nearest(precision.storage, Fraction(number)), lift(number))
    assert lift(0.375).error == lift(1000).error == lift(math.inf).error == 0


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
    number = bounded_numbers(PRECISIONS["numpy-float32"])
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
    number = bounded_numbers(PRECISIONS["numpy-float32"])
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


# --- rounding to a format


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
