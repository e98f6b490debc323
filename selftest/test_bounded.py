"""A correct implementation is within the bound, whatever it does differently."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import allowed
from properties.arithmetic.bounded import bounded, bounded_numbers
from properties.arithmetic.precision import (
    BFLOAT16,
    FLOAT16,
    FLOAT32,
    Precision,
    promise,
)
from properties.arithmetic.taped import gradient
from selftest.implementations import (
    FUNCTIONS,
    OPERATIONS,
    Implementation,
    evaluate,
    exactly,
    fraction,
    implementations,
    is_within,
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
    "mixed-float16": Precision(FLOAT16, FLOAT16, FLOAT32, FLOAT32, ("torch", "cpu")),
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
    """Finite numbers of a format: all of one size or of every, and its ends."""
    ends = (form.smallest, form.smallest_normal, form.largest, 0.0, 1.0, 1 / 3)
    number = st.one_of(
        st.floats(-8, 8),
        st.floats(-8, 8),
        st.floats(-form.largest, form.largest),
        st.sampled_from([sign * end for end in ends for sign in (1, -1)]),
    )
    numbers = np.array(draw(st.lists(number, min_size=least, max_size=most)))
    scale = draw(st.sampled_from([1.0, 1.0, form.smallest_normal, form.largest / 16]))
    scaled = numbers * scale if abs(numbers).max() <= 8 else numbers
    return form.round(scaled).tolist()


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


ROUNDINGS = {"sum": 1, "product": 1, "quotient": 2}
FORMULAS = [
    *[(name, ("input", 0), ("input", 1)) for name in ROUNDINGS],
    *[(name, ("input", 0)) for name in FUNCTIONS],
    *[("power", ("input", 0), exponent) for exponent in EXPONENTS],
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_bounds_hold_where_all_is_as_far_off_as_it_may_be(formula):
    """Both numbers at an end of their bounds, and each rounding as far as it goes."""
    precision, u = PRECISIONS["numpy-float32"], Fraction(1, 2**24 + 1)
    number, name = bounded_numbers(precision), formula[0].replace("power", "pow")
    doubtful = [*itertools.product([-2.5, -1, -0.1, 0.1, 0.75, 4], [0, 0.1, 0.5, 2])]
    ulps = Fraction(0 if name in ROUNDINGS else precision.ulps[name])
    for x, dx in [*doubtful, (0.0, 0.5), (-1000.0, 1000.0), (-50.0, 50.0)]:
        for y, dy in doubtful if name in ROUNDINGS else [(0, 0)]:
            result = evaluate(formula, [number(x, dx), number(y, dy)])
            for a, b in itertools.product({x - dx, x + dx}, {y - dy, y + dy}):
                exact = exactly(formula, [a, b])
                if exact is None:
                    assert math.isinf(result.error) or not math.isfinite(result.value)
                elif exact:
                    for side in (1, -1):
                        extreme = fraction(exact)
                        extreme += side * ulps * ulp(FLOAT32, extreme)
                        extreme *= (1 + side * u) ** ROUNDINGS.get(name, 0)
                        assert is_within(extreme, result), f"{x} ± {dx}, {y} ± {dy}"


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
    number = x**0.5 if name == "pow" else OPERATIONS[name](x)
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


def test_the_gradient_of_a_square_is_open_where_its_double_overflows():
    """g · (2 x) overflows, g · x + g · x does not: either is right"""
    precision = promise("torch", "cpu", "float32")
    x, g = bounded(np.array([3e38]), precision), bounded(np.array([0.1]), precision)
    with np.errstate(over="ignore"):
        (slope,) = gradient(lambda x: x * x, [x], g)
    assert math.isinf(slope[0].error)


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


def test_numbers_that_may_be_below_the_smallest_normal_may_be_flushed():
    number = bounded_numbers(PRECISIONS["flushing-bfloat16"])
    normal = FLOAT32.smallest_normal
    for result in (
        number(1.5 * normal) + number(-normal),
        number(1.5 * normal) - number(normal) + 0,
        number(4 * normal) * number(0.2502),
        number(normal) / number(0.999),
        abs(number(4 * normal) * number(-0.2502)),
    ):
        assert is_within(0.0, result)


def test_what_underflows_may_be_far_off():
    """exp(−800) is 0 in float64, and exp(−500) is not."""
    number = bounded_numbers(PRECISIONS["numpy-float64"])
    for function in (np.exp, np.expm1):
        assert is_within(function(-500.0), function(number(-800.0, 300.0)))


def test_the_sign_of_a_zero_is_not_certain():
    zero, one, infinity = bounded([0.0, 1.0, math.inf])
    for pole in (one / zero, 1 / zero, -one / zero, infinity / zero, zero**-1):
        assert math.isinf(pole.value)
        assert pole.error == math.inf


@pytest.mark.parametrize("name", ["numpy-float16", "flushing-bfloat16"])
def test_constants_are_rounded(name):
    precision = PRECISIONS[name]
    lift = bounded_numbers(precision).lift
    for number in (0.1, 1 / 3, 1e-5, 1e-7, 2.0**-30, 1000.5):
        assert is_within(nearest(precision.storage, Fraction(number)), lift(number))
    assert lift(0.375).error == lift(1000).error == lift(math.inf).error == 0
