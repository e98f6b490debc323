"""Numbers that are sums not yet added up, so that a loop's sums run in another order.

What `total += a * b` adds is put aside, as two factors. The terms are added up, each
step rounded, once the number is multiplied, compared, given to a function or returned.
"""

import ctypes
import math
from fractions import Fraction
from functools import cache, reduce
from numbers import Real
from operator import add

import numpy as np

from properties.arithmetic.scalars import Scalar

LANES = 8
"""How many partial sums `blocked` has: those of an AVX register of float32."""

MOST = 4096
"""Terms put aside: with more, they are added up first, and are one from then on."""


class Deferred(Scalar):
    """A sum of products of two factors, added up when its value is asked for.

    Attributes:
        terms: pairs of NumPy scalars; a number by itself has the factor 1.
        number, order: of a subclass, the scalars' type, which rounds; and what adds
            up a tuple of terms.
    """

    __slots__ = ("added", "terms")

    def __init__(self, *terms):
        self.terms, self.added = terms, None

    def __repr__(self):
        return f"Deferred({self.value!r})"

    def __float__(self):
        return float(self.value)

    @property
    def value(self):
        if self.added is None:
            self.added = self.order(self.terms)
        return self.added

    @classmethod
    def of(cls, number):
        """A number of any kind as one of these; a sum stays a sum."""
        if isinstance(number, cls):
            return number
        number = float(number) if isinstance(number, Fraction) else number
        return cls((cls.number(number), cls.number(1)))

    def with_value_of(self, other, operation):
        """Apply a binary operation to the values."""
        if not isinstance(other, (Deferred, Real)):
            return NotImplemented
        return operation(self.value, self.of(other).value)

    # --- sums

    def __neg__(self):
        return type(self)(*((-a, b) for a, b in self.terms))

    def __pos__(self):
        return self

    def __add__(self, other):
        if type(other) is int and other == 0:
            return self
        if not isinstance(other, (Deferred, Real)):
            return NotImplemented
        total = type(self)(*self.terms, *self.of(other).terms)
        return total if len(total.terms) <= MOST else self.of(total.value)

    __radd__ = __add__

    def __sub__(self, other):
        if not isinstance(other, (Deferred, Real)):
            return NotImplemented
        return self + -self.of(other)

    def __rsub__(self, other):
        return -self + other

    # --- what needs the sum

    def __mul__(self, other):
        return self.with_value_of(other, lambda a, b: type(self)((a, b)))

    __rmul__ = __mul__

    def __truediv__(self, other):
        with np.errstate(all="ignore"):  # 0 / 0 is NaN, as a processor has it
            return self.with_value_of(other, lambda a, b: self.of(np.divide(a, b)))

    def __rtruediv__(self, other):
        return self.of(other) / self

    def __pow__(self, exponent):
        return self.with_value_of(exponent, lambda a, b: self.of(np.power(a, b)))

    def __abs__(self):
        return self.of(abs(self.value))

    def maximum(self, other):
        return self.with_value_of(other, lambda a, b: self.of(np.maximum(a, b)))

    def minimum(self, other):
        return self.with_value_of(other, lambda a, b: self.of(np.minimum(a, b)))

    def __lt__(self, other):
        return self.with_value_of(other, lambda a, b: bool(a < b))

    def __le__(self, other):
        return self.with_value_of(other, lambda a, b: bool(a <= b))

    def __gt__(self, other):
        return self.with_value_of(other, lambda a, b: bool(a > b))

    def __ge__(self, other):
        return self.with_value_of(other, lambda a, b: bool(a >= b))

    def __eq__(self, other):
        return self.with_value_of(other, lambda a, b: bool(a == b))

    def __ne__(self, other):
        return self.with_value_of(other, lambda a, b: bool(a != b))

    # --- elementary functions

    def exp(self):
        return self.of(np.exp(self.value))

    def expm1(self):
        return self.of(np.expm1(self.value))

    def log(self):
        return self.of(np.log(self.value))

    def log1p(self):
        return self.of(np.log1p(self.value))

    def sqrt(self):
        return self.of(np.sqrt(self.value))

    def tanh(self):
        return self.of(np.tanh(self.value))

    def erfc(self):
        return self.of(math.erfc(self.value))

    def sin(self):
        return self.of(np.sin(self.value))

    def cos(self):
        return self.of(np.cos(self.value))


# --- orders: the sum of terms (a, b), in the arithmetic of their type


def backwards(terms):
    """From the last term to the first."""
    return reduce(add, [a * b for a, b in reversed(terms)])


def pairwise(terms):
    """Neighbours first, then neighbours among their sums, and so on."""
    numbers = [a * b for a, b in terms]
    while len(numbers) > 1:
        odd = numbers[len(numbers) & ~1 :]
        numbers = [*map(add, numbers[::2], numbers[1::2]), *odd]
    return numbers[0]


def blocked(terms):
    """Every eighth term in one partial sum, then these one after the other."""
    numbers = [a * b for a, b in terms]
    lanes = [numbers[lane::LANES] for lane in range(min(LANES, len(numbers)))]
    return reduce(add, [reduce(add, lane) for lane in lanes])


def fused(terms):
    """One after the other, each product unrounded when it is added."""
    (a, b), *others = terms
    total = a * b
    fma = fused_multiply_add(type(total))
    for a, b in others:
        total = type(total)(fma(a, b, total))
    return total


@cache
def fused_multiply_add(number):
    """The C library's a · b + c, rounded once, for NumPy's float32 or float64."""
    name, kind = {
        np.float32: ("fmaf", ctypes.c_float),
        np.float64: ("fma", ctypes.c_double),
    }[number]
    function = getattr(ctypes.CDLL(None), name)
    function.argtypes, function.restype = [kind] * 3, kind
    return function


@cache
def deferred_numbers(order, dtype):
    """Make the type of numbers that are added up in an order, rounded to a dtype."""
    constants = {
        "__slots__": (),
        "number": np.dtype(dtype).type,
        "order": staticmethod(order),
    }
    return type("Deferred", (Deferred,), constants)
