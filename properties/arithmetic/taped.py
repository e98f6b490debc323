"""Numbers that remember how they were made: reverse-mode differentiation.

Each operation on a taped number appends its result to a tape, with the numbers it was
made of and the derivative by each. Going through the tape backwards, every number
hands its adjoint, times the derivative, to those it was made of (Griewank and Walther,
"Evaluating Derivatives", 2nd ed., section 3.2). The derivatives are numbers of the
kind that is taped: floats, Fractions, or bounded numbers, which bound the gradient too.
"""

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from numbers import Real

import numpy as np

from properties.arithmetic.bounded import Bounded, Undecidable
from properties.arithmetic.scalars import Scalar
from reference.exponentials import erfc


class Taped(Scalar):
    """A number on a tape; its parents are pairs of a number and a derivative.

    Derivative 1 is None: it is the one that costs nothing to go back through.
    """

    __slots__ = ("adjoint", "parents", "tape", "value")

    def __init__(self, value, tape, parents=()):
        self.value = value
        self.tape = tape
        self.parents = parents
        self.adjoint = None
        if parents:
            tape.append(self)

    def __repr__(self):
        return f"Taped({self.value!r})"

    # --- arithmetic

    def __neg__(self):
        return Taped(-self.value, self.tape, ((self, -1),))

    def __pos__(self):
        return self

    def __abs__(self):
        try:
            sign = (self.value > 0) * 1 - (self.value < 0) * 1
        except Undecidable:
            sign = type(self.value)(0.0, 1.0)
        return Taped(abs(self.value), self.tape, ((self, sign),))

    def __add__(self, other):
        if isinstance(other, Taped):
            parents = ((self, None), (other, None))
            return Taped(self.value + other.value, self.tape, parents)
        if type(other) is int and other == 0:
            return self
        if not is_constant(other):
            return NotImplemented
        return Taped(self.value + other, self.tape, ((self, None),))

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, Taped):
            parents = ((self, None), (other, -1))
            return Taped(self.value - other.value, self.tape, parents)
        if not is_constant(other):
            return NotImplemented
        return Taped(self.value - other, self.tape, ((self, None),))

    def __rsub__(self, other):
        if not is_constant(other):
            return NotImplemented
        return Taped(other - self.value, self.tape, ((self, -1),))

    def __mul__(self, other):
        if isinstance(other, Taped):
            parents = ((self, other.value), (other, self.value))
            if other is self and is_open(2 * self.value):
                parents = ((self, 2 * self.value),)
            return Taped(self.value * other.value, self.tape, parents)
        if not is_constant(other):
            return NotImplemented
        return Taped(self.value * other, self.tape, ((self, other),))

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, Taped):
            quotient = self.value / other.value
            slope = 1 / other.value
            if isinstance(slope, Bounded) and isinstance(quotient, Bounded):
                slope = slope.told_by(quotient)
            parents = ((self, slope), (other, -quotient / other.value))
            return Taped(quotient, self.tape, parents)
        if not is_constant(other):
            return NotImplemented
        return Taped(self.value / other, self.tape, ((self, reciprocal(other)),))

    def __rtruediv__(self, other):
        if not is_constant(other):
            return NotImplemented
        quotient = other / self.value
        return Taped(quotient, self.tape, ((self, -quotient / self.value),))

    def __pow__(self, exponent):
        slope = exponent * self.value ** (exponent - 1) if exponent else 0
        return Taped(self.value**exponent, self.tape, ((self, slope),))

    # --- comparisons are those of the values

    def __lt__(self, other):
        return self.value < plain(other)

    def __le__(self, other):
        return self.value <= plain(other)

    def __gt__(self, other):
        return self.value > plain(other)

    def __ge__(self, other):
        return self.value >= plain(other)

    def __eq__(self, other):
        return self.value == plain(other)

    def __ne__(self, other):
        return self.value != plain(other)

    def maximum(self, other):
        """The greater number; where they tie, each has half the derivative.

        Where bounded numbers do not decide which it is, the share is ½ ± ½.
        """
        mine, theirs = self.value, plain(other)
        shares = [(self, None), (other, None)]
        try:
            if mine == theirs:
                shares = [(self, Fraction(1, 2)), (other, Fraction(1, 2))]
            elif mine < theirs or mine > theirs:
                shares = shares[int(mine < theirs) :][:1]
        except Undecidable:
            half = type(mine if isinstance(mine, Bounded) else theirs)(0.5, 0.5)
            shares = [(self, half), (other, half)]
        parents = [pair for pair in shares if isinstance(pair[0], Taped)]
        return Taped(np.maximum(mine, theirs), self.tape, parents)

    # --- elementary functions

    def function(self, ufunc, derivative):
        value = ufunc(self.value)
        return Taped(value, self.tape, ((self, derivative(self.value, value)),))

    def exp(self):
        return self.function(np.exp, lambda x, y: y)

    def expm1(self):
        return self.function(np.expm1, slope_of_expm1)

    def log(self):
        return self.function(np.log, lambda x, y: 1 / x)

    def log1p(self):
        return self.function(np.log1p, lambda x, y: 1 / (1 + x))

    def sqrt(self):
        return self.function(np.sqrt, lambda x, y: 1 / (2 * y))

    def tanh(self):
        return self.function(np.tanh, lambda x, y: 1 - y * y)

    def erfc(self):
        slope = -2 / math.sqrt(math.pi)
        return self.function(erfc, lambda x, y: slope * np.exp(-x * x))

    def sin(self):
        return self.function(np.sin, lambda x, y: np.cos(x))

    def cos(self):
        return self.function(np.cos, lambda x, y: -np.sin(x))


def slope_of_expm1(x, y):
    """e^x, or y + 1, which rounds once more, but does not cancel where x > 0."""
    try:
        return y + 1 if x > 0 else np.exp(x)
    except Undecidable:
        return np.exp(x)


def is_constant(number):
    return type(number) in (int, float) or isinstance(number, (Bounded, Real))


def is_open(number):
    """Whether a bounded number may be any, as one that overflows."""
    return isinstance(number, Bounded) and math.isinf(number.error)


def plain(number):
    return number.value if isinstance(number, Taped) else number


def reciprocal(number):
    """1 / number, exact where numbers are: 1 / 3 is a Fraction for an int."""
    return Fraction(1, number) if isinstance(number, int) else 1 / number


def on_tape(array: np.ndarray, tape: list) -> np.ndarray:
    """Put the numbers of an array on a tape, as leaves."""
    result = np.empty(array.shape, object)
    result[...] = np.frompyfunc(lambda number: Taped(number, tape), 1, 1)(array)
    return result


def differentiate(
    function: Callable,
    tensors: Sequence[np.ndarray | None],
    cotangent: Callable[[int, tuple[int, ...]], np.ndarray],
    varying: Sequence[bool] | None = None,
) -> tuple[tuple[np.ndarray, ...], list[np.ndarray | None]]:
    """Run a reference, and run its tape backwards.

    Args:
        function: takes the tensors, returns an array or a tuple of arrays.
        tensors: arrays of numbers, or None.
        cotangent: gives, for the index and the shape of a result, what the gradient
            is weighted with.

    Returns:
        The results, a tuple of arrays of untaped numbers; and for each tensor the
        gradient of Σ cotangent · result, an array of numbers, or None for constants.
    """
    tape = []
    varying = varying or [is_differentiable(tensor) for tensor in tensors]
    leaves = [on_tape(t, tape) if v else t for t, v in zip(tensors, varying)]
    results = function(*leaves)
    results = results if isinstance(results, tuple) else (results,)
    results = [np.asarray(result) for result in results]
    for index, result in enumerate(results):
        if result.dtype == object:
            for number, weight in zip(result.flat, cotangent(index, result.shape).flat):
                if isinstance(number, Taped):
                    total = number.adjoint
                    number.adjoint = weight if total is None else total + weight
    for number in reversed(tape):
        adjoint = number.adjoint
        if adjoint is not None:
            for parent, derivative in number.parents:
                amount = adjoint if derivative is None else derivative * adjoint
                total = parent.adjoint
                parent.adjoint = amount if total is None else total + amount
    tape.clear()  # numbers and tape refer to each other
    return tuple(map(untaped, results)), [
        adjoints(leaf) if varies else None for leaf, varies in zip(leaves, varying)
    ]


def gradient(
    function: Callable, tensors: Sequence[np.ndarray], cotangent: np.ndarray
) -> list[np.ndarray | None]:
    """Differentiate Σ cotangent · function(*tensors) by each tensor."""
    return differentiate(function, tensors, lambda index, shape: cotangent)[1]


def is_differentiable(tensor):
    return tensor is not None and tensor.dtype.kind in "fO"


def untaped(result):
    if result.dtype != object:
        return result
    values = np.empty(result.shape, object)
    values[...] = np.frompyfunc(plain, 1, 1)(result)
    return values


def adjoints(leaf):
    """Collect the adjoints of leaves, 0 where nothing depends on them."""
    collected = np.empty(leaf.shape, object)
    collected[...] = np.frompyfunc(
        lambda number: 0 if number.adjoint is None else number.adjoint, 1, 1
    )(leaf)
    return collected
