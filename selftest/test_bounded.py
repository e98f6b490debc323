"""A correct implementation is within the bound, whatever it does differently."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.arithmetic.bounded import bounded
from properties.arithmetic.precision import (
    BFLOAT16,
    FLOAT32,
    Precision,
    promise,
)
from selftest.implementations import (
    FUNCTIONS,
    evaluate,
    exactly,
    fraction,
    implementations,
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
    @given(formulas(precision.storage))
    def check(example):
        formula, inputs, seed = example
        number = evaluate(formula, bounded(inputs, precision))
        for implementation in implementations(precision, seed):
            actual = implementation(formula, inputs)
            assert is_within(actual, number), f"{actual!r} is not {number}"
        exact = exactly(formula, inputs)
        assert exact is None or is_within(exact, number), f"{exact} is not {number}"

    check()
