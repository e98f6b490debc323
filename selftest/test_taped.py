"""Gradients by tape are the derivatives: exactly, or within the bounds they carry."""

import math
import operator
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.precision import promise
from properties.arithmetic.taped import Taped, differentiate, gradient
from properties.strategies import fractions
from reference.convolution.convolution import conv2d
from selftest.implementations import FUNCTIONS, OPERATIONS, exactly, fraction

# --- an independent derivative: numbers with their tangents


class Dual:
    """value + tangent · ε with ε² = 0, for exact forward differentiation."""

    def __init__(self, value, tangent=0):
        self.value, self.tangent = value, tangent

    def __add__(self, other):
        return Dual(self.value + other.value, self.tangent + other.tangent)

    def __sub__(self, other):
        return Dual(self.value - other.value, self.tangent - other.tangent)

    def __mul__(self, other):
        tangent = self.tangent * other.value + self.value * other.tangent
        return Dual(self.value * other.value, tangent)

    def __truediv__(self, other):
        quotient = self.value / other.value
        tangent = (self.tangent - quotient * other.tangent) / other.value
        return Dual(quotient, tangent)

    def __neg__(self):
        return Dual(-self.value, -self.tangent)


@st.composite
def rational_formulas(draw):
    """Fractions, and a program in postfix notation for a rational function of them."""
    inputs = [Fraction(k, n) for k, n in draw(st.lists(RATIOS, min_size=1, max_size=4))]
    return inputs, draw(st.binary(min_size=1, max_size=16))


RATIOS = st.tuples(st.integers(-16, 16), st.integers(1, 7))
BINARY = (operator.add, operator.sub, operator.mul, operator.truediv, operator.mul)


def run(program, inputs, constant):
    """The sum of what a program leaves on the stack; `constant` makes an int one."""
    stack = []
    for byte in program:
        kind, which = byte % 8, byte // 8
        if kind < 3 or len(stack) < 2:
            stack.append(inputs[which % len(inputs)])
        elif kind == 3:
            stack[-1] = -stack[-1]
        elif kind == 4:
            a = stack.pop()
            stack.append(constant(which - 16) * a + constant(1 + which % 3))
        else:
            *stack, a, b = stack
            stack.append(BINARY[which % 5](a, b))
    total = stack[0]
    for number in stack[1:]:
        total = total + number
    return total


@given(rational_formulas())
def test_gradients_of_rational_functions_are_exact(example):
    """The tape, backwards, and dual numbers, forwards, are equal as Fractions."""
    inputs, program = example
    rows = np.eye(len(inputs), dtype=int).tolist()
    try:
        value = run(program, inputs, Fraction)
        expected = [
            run(program, list(map(Dual, inputs, row)), lambda n: Dual(Fraction(n)))
            for row in rows
        ]
    except ZeroDivisionError:
        return
    results, (actual,) = differentiate(
        lambda x: np.array([run(program, list(x), int)], object),
        [np.array(inputs, object)],
        lambda index, shape: np.ones(shape, int),
    )
    assert results[0].tolist() == [value]
    assert actual.tolist() == [dual.tangent for dual in expected]


@given(st.integers(-3, 4), RATIOS)
def test_gradient_of_a_power(n, ratio):
    """d xⁿ / dx = n · xⁿ⁻¹, and 0 where n is"""
    x = Fraction(*ratio)
    if x or n > 0:
        (actual,) = gradient(lambda x: x**n, [exact(x)], np.ones(1, int))
        assert actual.tolist() == [n * x ** (n - 1) if n else 0]
    (zeroth,) = gradient(lambda x: x**0, [exact(x)], np.ones(1, int))
    assert zeroth.tolist() == [0]


def exact(*numbers):
    return np.array([Fraction(number) for number in numbers], object)


@given(RATIOS)
def test_constants_have_no_gradient(ratio):
    """By constants of every kind, on both sides."""
    x, half = Fraction(*ratio) or Fraction(1), Fraction(1, 2)
    for constant in (3, half):
        for function, slope in [
            (lambda x, c: x + c, 1),
            (lambda x, c: c + x, 1),
            (lambda x, c: x - c, 1),
            (lambda x, c: c - x, -1),
            (lambda x, c: x * c, constant),
            (lambda x, c: c * x, constant),
            (lambda x, c: x / c, Fraction(1) / constant),
            (lambda x, c: c / x, -constant / x**2),
            (lambda x, c: +x + 0 * c, 1),
            (lambda x, c: abs(x) * c, constant * (1 if x > 0 else -1)),
        ]:
            apply = np.frompyfunc(lambda x, f=function, c=constant: f(x, c), 1, 1)
            (actual,) = gradient(apply, [exact(x)], np.ones(1, int))
            assert actual.tolist() == [slope]


# --- elementary functions, over bounded numbers


@pytest.mark.parametrize("name", FUNCTIONS)
def test_gradients_of_functions_are_within_their_bounds(name):
    """f′(x) · 3 is within the bound, and the bound is a few ulps of it."""
    precision = promise("torch", "cpu", "float32")
    points = np.float32([0.01, 0.3, 0.75, 1.5, 4.0]).astype(float)
    apply = np.frompyfunc(OPERATIONS[name], 1, 1)
    cotangent = bounded(np.full(points.shape, 3.0), precision)
    (actual,) = gradient(apply, [bounded(points, precision)], cotangent)
    for x, number in zip(points, actual):
        formula = (name, ("input", 0))
        slope = mpmath.diff(lambda x, f=formula: exactly(f, [x]), mpmath.mpf(x))
        assert abs(fraction(3 * slope) - Fraction(number.value)) <= number.error
        scale = 3 * (1 if name == "tanh" else max(abs(slope), 1e-2))
        assert number.error <= 20 * 2.0**-24 * scale


@given(st.floats(0.125, 4), st.floats(-2, 2), st.floats(0.125, 2))
def test_gradients_of_nested_functions_are_within_their_bounds(x, y, z):
    """Of f = log(exp(x · y) + tanh(z)) / sqrt(x + z), by x, y and z."""

    def formula(exp, log, tanh, sqrt):
        return lambda x, y, z: log(exp(x * y) + tanh(z)) / sqrt(x + z)

    ours = formula(np.exp, np.log, np.tanh, np.sqrt)
    truth = formula(mpmath.exp, mpmath.log, mpmath.tanh, mpmath.sqrt)
    tensors = [bounded([number]) for number in (x, y, z)]
    actual = gradient(np.frompyfunc(ours, 3, 1), tensors, bounded([1.0]))
    for axis, (number,) in enumerate(actual):
        partial = [int(axis == i) for i in range(3)]
        slope = mpmath.diff(truth, (x, y, z), tuple(partial))
        off = abs(fraction(slope) - Fraction(number.value))
        assert off <= Fraction(number.error) + Fraction(1, 2**150)
        assert number.error < 1e-9


def test_what_is_exact_backwards_costs_nothing():
    """Sums, differences, signs and maxima hand the adjoint on as it is."""
    x, y = bounded([2.0]), bounded([1.0])
    for function in (
        lambda x, y: x - y,
        lambda x, y: -(y - x),
        lambda x, y: abs(-x) + abs(y),
        lambda x, y: maximum(x, y) - maximum(y, 0),
    ):
        for (number,) in gradient(function, [x, y], bounded([0.75])):
            assert abs(number.value) == 0.75
            assert number.error == 0


maximum = np.frompyfunc(np.maximum, 2, 1)
minimum = np.frompyfunc(np.minimum, 2, 1)


# --- maximum, minimum and comparisons


@given(RATIOS, RATIOS)
def test_maximum_and_minimum_share_the_derivative_where_they_tie(a, b):
    """∂max/∂a is 1 where a > b, 1/2 where a = b, and 0 elsewhere."""
    a, b = Fraction(*a), Fraction(*b)
    share = Fraction(1, 2) if a == b else Fraction(a > b)
    for function, by_a in [(maximum, share), (minimum, 1 - share)]:
        actual = gradient(function, [exact(a), exact(b)], np.ones(1, int))
        assert [g.tolist() for g in actual] == [[by_a], [1 - by_a]]
        (actual,) = gradient(lambda x, f=function: f(x, b), [exact(a)], np.ones(1, int))
        assert actual.tolist() == [by_a]


def test_a_tie_with_itself_is_one():
    (actual,) = gradient(lambda x: maximum(x, x), [exact(2)], np.ones(1, int))
    assert actual.tolist() == [1]


@pytest.mark.parametrize(("function", "slope"), [(np.maximum, 1), (np.minimum, 0)])
def test_one_of_two_numbers_may_be_a_constant(function, slope):
    """Padding, say: a bounded number, which is on no tape"""
    one = bounded([1.0])[0]
    for f in (lambda x: function(x, one), lambda x: function(one, x)):
        x, weight = bounded([2.0]), bounded([1.0])
        (actual,) = gradient(lambda x, f=f: np.array([f(x[0])], object), [x], weight)
        assert actual[0] == slope


def test_nan_hands_on_its_derivative():
    """As frameworks have it: what is not less has the derivative."""

    def relu(x):
        return np.array([np.maximum(x[0], 0)], object)

    (actual,) = gradient(relu, [bounded([math.nan])], bounded([2.0]))
    assert actual[0].value == 2


def test_gradients_at_undecidable_ties_are_of_either_side():
    """Whichever is greater, its derivative is within the bounds."""
    third = bounded([1.0])[0] / 3
    for function, slopes in [
        (lambda x: x.maximum(third), (0, 1)),
        (lambda x: abs(x - third), (-1, 1)),
    ]:
        x = bounded([1 / 3])
        (actual,) = gradient(
            lambda x, f=function: np.array([f(x[0])], object), [x], bounded([1.0])
        )
        for slope in slopes:
            assert abs(actual[0].value - slope) <= actual[0].error


def test_comparisons_are_those_of_values():
    def branch(x):
        assert (x[0] < x[1], x[0] <= 1, x[0] > x[1], x[1] <= 2) == (True,) * 2 + (
            False,
            True,
        )
        assert x[0] == 1
        assert x[0] != x[1]
        return x[1:] if x[0] < x[1] else x[:1]

    (actual,) = gradient(branch, [exact(1, 2)], np.ones(1, int))
    assert actual.tolist() == [0, 1]


# --- results and inputs of every kind


def test_an_unused_input_has_gradient_zero():
    first, second = gradient(lambda x, y: x[:1], [exact(1, 2), exact(3)], exact(5))
    assert first.tolist() == [5, 0]
    assert second.tolist() == [0]


def test_repeated_use_accumulates():
    """d (x · x · x + 2x) / dx = 3x² + 2"""
    (actual,) = gradient(lambda x: x * x * x + 2 * x, [exact(5)], exact(1))
    assert actual.tolist() == [77]


def test_a_result_that_is_an_input_or_a_constant():
    results, (actual,) = differentiate(
        lambda x: (x, np.zeros(2, object), np.array([3, 4]), x),
        [exact(1, 2)],
        lambda index, shape: np.full(shape, 10**index),
    )
    assert [r.tolist() for r in results] == [[1, 2], [0, 0], [3, 4], [1, 2]]
    assert actual.tolist() == [1001, 1001]


def test_results_without_axes():
    results, (actual,) = differentiate(
        lambda x: (x.sum(), np.asarray(x[0] * x[1])),
        [exact(2, 3)],
        lambda index, shape: np.full(shape, index + 1),
    )
    assert [r.shape for r in results] == [(), ()]
    assert [r.item() for r in results] == [5, 6]
    assert actual.tolist() == [1 + 2 * 3, 1 + 2 * 2]


def test_an_input_without_axes():
    (actual,) = gradient(lambda x: x * x, [np.array(Fraction(3))], np.array(2))
    assert (actual.shape, actual.item()) == ((), 12)


def test_integers_masks_and_none_pass_through():
    indices, mask = np.array([1, 1, 0]), np.array([True, False, True])

    def gather(x, indices, mask, bias):
        assert bias is None
        assert (indices.dtype, mask.dtype) == (int, bool)
        return np.array([x[i] if m else 0 for i, m in zip(indices, mask)], object)

    tensors = [exact(3, 4), indices, mask, None]
    first, *others = gradient(gather, tensors, np.array([1, 10, 100]))
    assert first.tolist() == [100, 1]
    assert others == [None, None, None]


def test_what_does_not_vary_is_not_taped():
    def product(x, y):
        assert isinstance(x[0], Fraction)
        return x * y

    tensors = [exact(2), exact(3)]
    _, gradients = differentiate(product, tensors, lambda i, s: exact(1), [False, True])
    assert gradients[0] is None
    assert gradients[1].tolist() == [2]


def test_inputs_are_not_modified():
    x = exact(2)
    gradient(lambda x: x * x, [x], exact(1))
    assert x.tolist() == [2]


def test_the_tape_is_cleared():
    """Numbers and tape refer to each other: else only the collector would free them."""
    tapes = []

    def square(x):
        tapes.append(x[0].tape)
        return x * x

    gradient(square, [exact(2)], exact(1))
    assert tapes == [[]]


def test_ufuncs_reach_the_operators():
    x = Taped(Fraction(3), [])
    for number, value in [
        (np.float64(2) * Taped(3.0, []), 6),
        (np.multiply(x, 2), 6),
        (np.maximum(x, 5), 5),
        (np.minimum(5, x), 3),
        (np.negative(x), -3),
        (np.power(x, 2), 9),
        (np.exp(Taped(0.0, [])), 1),
    ]:
        assert isinstance(number, Taped)
        assert number.value == value
    for operation in (operator.add, operator.sub, operator.mul, operator.truediv):
        for other in (None, "2"):
            with pytest.raises(TypeError):
                operation(x, other)


# --- a reference


@given(fractions((1, 2, 3, 3)), fractions((1, 2, 2, 2)), fractions((1,)), RATIOS)
def test_gradient_matches_central_difference_of_conv2d(x, weight, bias, ratio):
    """⟨∇f, d⟩ = (f(t + h·d) − f(t − h·d)) / 2h, exactly: f is linear in each input."""
    tensors, h = [x, weight, bias], Fraction(*ratio) or Fraction(1)
    cotangent = x[:, :1, :2, :2] + 1

    def loss(*tensors):
        return (conv2d(*tensors, stride=1, padding=0) * cotangent).sum()

    for i, slope in enumerate(gradient(conv2d, tensors, cotangent)):
        moved = list(tensors)
        direction = np.flip(tensors[i]) + np.arange(slope.size).reshape(slope.shape)
        moved[i] = tensors[i] + h * direction
        above = loss(*moved)
        moved[i] = tensors[i] - h * direction
        assert (slope * direction).sum() == (above - loss(*moved)) / (2 * h)


def test_gradients_over_floats_fractions_and_bounds_agree():
    x, weight = np.arange(9.0).reshape(1, 1, 3, 3), np.arange(4.0).reshape(1, 1, 2, 2)
    kinds = [lambda a: a, np.frompyfunc(Fraction, 1, 1), bounded]
    left, right, third = (
        gradient(conv2d, [kind(x), kind(weight)], kind(np.ones((1, 1, 2, 2))))
        for kind in kinds
    )
    for a, b, c in zip(left, right, third):
        assert a.tolist() == b.tolist()
        assert_equal(c, a)
