"""Numbers that know how far any correct implementation may be from them.

Running error analysis (Higham, "Accuracy and Stability of Numerical Algorithms",
2nd ed., section 3.3), made independent of the order of summation. A number x carries

    value       x as computed here, in float64
    inherited   what its terms may be off by
    terms       how many terms it sums, and
    magnitude   the sum of their magnitudes,

and its error is  inherited + (terms − 1) · u · (magnitude + inherited),  which bounds
n terms added in any order, blocked, pairwise or fused with their products (Rump 2012;
Jeannerod and Rump 2013; no O(u²) term is needed). The value is itself one correct
implementation with unit roundoff 2⁻⁵³, so every u here is the backend's plus 2⁻⁵³: the
distance between the two is then bounded, whichever precision the backend has.
"""

import math
import operator
from functools import cache
from numbers import Real

import numpy as np

from properties.arithmetic.precision import FLOAT64, Precision, promise
from properties.arithmetic.scalars import Scalar


class Undecidable(Exception):
    """A branch on numbers whose bounds overlap: correct implementations may differ."""


class Bounded(Scalar):
    """A number with a bound; `bounded_numbers` sets the constants for a precision."""

    __slots__ = ("inherited", "magnitude", "terms", "value")

    def __init__(self, value, inherited=0.0, terms=1, magnitude=None):
        self.value = value
        self.inherited = inherited
        self.terms = terms
        if magnitude is None:
            magnitude = abs(value) if math.isfinite(value) else 0.0
        self.magnitude = magnitude

    def __repr__(self):
        return f"{self.value!r} ± {self.error:.3g}"

    @property
    def error(self):
        """How far a correct implementation's number may be from the value."""
        if self.terms == 1:
            return self.inherited
        reach = self.magnitude + self.inherited
        error = self.inherited + (self.terms - 1) * (self.ADD * reach + self.ADD_TINY)
        return math.inf if reach + error > self.LARGEST else error

    def settled(self):
        """Value and error of a sum that is used: it may be rounded before."""
        error = self.error
        if self.terms > 1 and self.STORE_SUM:
            error += self.STORE_SUM * (abs(self.value) + error)
        return self.value, error

    @classmethod
    def input(cls, number):
        """Make an element of an input: exact, but for what reading it may lose."""
        value = float(number)
        if not math.isfinite(value):
            return cls(value)
        if cls.precision.flushes and abs(value) < cls.NORMAL:
            return cls(value, abs(value))
        return cls(value, cls.precision.input_roundoff * abs(value))

    @classmethod
    def lift(cls, number):
        """Make a constant of a formula: exact if it is an int or has eight bits."""
        value = float(number)
        significand, _ = math.frexp(value)
        if value.is_integer() or not math.isfinite(value):
            return cls(value)
        exact = (significand * 256).is_integer()
        return cls(value, 0.0 if exact else cls.ROUND * abs(value))

    # --- sums

    def __neg__(self):
        return type(self)(-self.value, self.inherited, self.terms, self.magnitude)

    def __pos__(self):
        return self

    def __abs__(self):
        return self if self.value >= 0 else -self

    def __add__(self, other):
        if type(other) is not type(self):
            if type(other) is int and other == 0:
                return self
            if not isinstance(other, Real):
                return NotImplemented
            other = self.lift(other)
        return type(self)(
            self.value + other.value,
            self.inherited + other.inherited,
            self.terms + other.terms,
            self.magnitude + other.magnitude,
        )

    __radd__ = __add__

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    # --- products

    def __mul__(self, other):
        if type(other) is not type(self):
            if not isinstance(other, Real):
                return NotImplemented
            other = self.lift(other)
        a, b = self.value, other.value
        da = self.inherited if self.terms == 1 else self.settled()[1]
        db = other.inherited if other.terms == 1 else other.settled()[1]
        value = a * b
        if value - value != 0:
            return self.not_finite(value, (a, da), (b, db))
        if value == 0 and (a == da == 0 or b == db == 0):
            return type(self)(value)
        return self.rounded(value, abs(a) * db + (abs(b) + db) * da)

    __rmul__ = __mul__

    def __truediv__(self, other):
        if type(other) is not type(self):
            if not isinstance(other, Real):
                return NotImplemented
            other = self.lift(other)
        a, da = self.settled()
        b, db = other.settled()
        value = np.divide(a, b).item() if b == 0 else a / b
        if value - value != 0 or not math.isfinite(b):
            return self.not_finite(value, (a, da), (b, db))
        if a == da == 0:
            return type(self)(value)
        if db >= abs(b):
            return type(self)(value, math.inf)
        quotient = self.rounded(value, (da + abs(value) * db) / (abs(b) - db))
        quotient.inherited += self.ROUND * abs(value)  # as a / b or a · (1 / b)
        return quotient

    def __rtruediv__(self, other):
        return self.lift(other) / self

    def __pow__(self, exponent):
        a, da = self.settled()
        value = np.power(a, float(exponent)).item()
        relative = -da / abs(a) if a else -math.inf if da else 0.0
        if relative <= -1:
            return type(self)(value, math.inf)
        spread = abs(value) * math.expm1(-abs(exponent) * math.log1p(relative))
        return self.function("pow", value, spread)

    def rounded(self, value, error):
        """The result of one operation, which rounds it."""
        size = abs(value)
        error += self.ROUND * (size + error)
        if not self.NORMAL <= size + error <= self.LARGEST:
            error = error + self.TINY if size + error < self.NORMAL else math.inf
        return type(self)(value, error, 1, size)

    def not_finite(self, value, *operands):
        """An infinity or NaN is certain, unless an operand may be near zero."""
        (a, _), (b, _) = operands
        overflow = math.isfinite(a) and math.isfinite(b) and b != 0
        doubtful = any(dx and not abs(x) > dx for x, dx in operands)
        return type(self)(value, math.inf if overflow or doubtful else 0.0)

    # --- comparisons

    def decide(self, relation, other):
        """Compare the values, where no rounding could turn the outcome.

        Raises:
            Undecidable: the bounds overlap.
        """
        if type(other) is not type(self):
            if not isinstance(other, Real):
                return NotImplemented
            other = self.lift(other)
        doubt = self.error + other.error
        if doubt and not abs(self.value - other.value) > doubt:
            raise Undecidable(f"{self} {relation.__name__} {other}")
        return relation(self.value, other.value)

    def __lt__(self, other):
        return self.decide(operator.lt, other)

    def __le__(self, other):
        return self.decide(operator.le, other)

    def __gt__(self, other):
        return self.decide(operator.gt, other)

    def __ge__(self, other):
        return self.decide(operator.ge, other)

    def __eq__(self, other):
        return self.decide(operator.eq, other)

    def __ne__(self, other):
        return self.decide(operator.ne, other)

    def maximum(self, other):
        """The greater of two numbers, NaN if either is; never undecidable."""
        if type(other) is not type(self):
            other = self.lift(other)
        doubt = self.error + other.error
        for number in (self, other):
            if math.isnan(number.value):
                return number
        greater, lesser = (self, other) if self.value >= other.value else (other, self)
        if not doubt or greater.value - lesser.value > doubt:
            return greater
        return type(self)(greater.value, max(self.error, other.error))

    def minimum(self, other):
        """The lesser of two numbers, NaN if either is; never undecidable."""
        return -((-self).maximum(-other))

    # --- elementary functions: the value, and what the argument's error does to it

    def function(self, name, value, spread):
        """The result of an elementary function, off by so many documented ulps.

        Below the smallest normal number its error is that number: no vendor
        promises more there. An infinity or NaN is certain where `spread` is 0.
        """
        if math.isinf(self.error) or math.isnan(spread):
            spread = math.inf
        if not math.isfinite(value) or math.isinf(spread):
            certain = spread == 0 or not math.isfinite(self.value + self.error)
            error = 0.0 if certain and not math.isinf(self.error) else math.inf
            return type(self)(value, error)
        error = spread + self.ULPS[name] * (abs(value) + spread)
        if abs(value) + error < self.NORMAL and math.isfinite(self.value):
            error += self.FUNCTION_TINY
        elif not abs(value) + error <= self.LARGEST:
            error = math.inf
        return type(self)(value, error)

    def exp(self):
        a, da = self.settled()
        value = math.inf if a > 709 else math.exp(a)
        return self.function("exp", value, value * math.expm1(min(da, 700.0)))

    def expm1(self):
        a, da = self.settled()
        value = math.inf if a > 709 else math.expm1(a)
        return self.function("expm1", value, (value + 1) * math.expm1(min(da, 700.0)))

    def log(self):
        return self.logarithm("log", math.log, 0.0)

    def log1p(self):
        return self.logarithm("log1p", math.log1p, 1.0)

    def logarithm(self, name, log, shift):
        a, da = self.settled()
        above = a + shift
        if not above > 0:
            value = -math.inf if above == 0 else math.nan
            return self.function(name, value, math.inf if da >= -above else 0.0)
        spread = -math.log1p(-da / above) if da < above else math.inf
        return self.function(name, log(a), spread)

    def sqrt(self):
        a, da = self.settled()
        if a < da or math.isnan(a):
            return type(self)(
                math.sqrt(a) if a >= 0 else math.nan, math.inf if da else 0.0
            )
        spread = da / (math.sqrt(a - da) + math.sqrt(a)) if da else 0.0
        return self.function("sqrt", math.sqrt(a), spread)

    def tanh(self):
        a, da = self.settled()
        slope = 1 - math.tanh(max(abs(a) - da, 0.0)) ** 2
        return self.function("tanh", math.tanh(a), da * slope)

    def sin(self):
        a, da = self.settled()
        return self.function("sin", math.sin(a) if math.isfinite(a) else math.nan, da)

    def cos(self):
        a, da = self.settled()
        return self.function("cos", math.cos(a) if math.isfinite(a) else math.nan, da)


@cache
def bounded_numbers(precision: Precision) -> type[Bounded]:
    """Make the type of numbers whose bounds hold for one precision."""
    ours = FLOAT64.unit_roundoff
    operation, accumulation = precision.operation, precision.accumulation
    wide = precision.elementary
    function = 0.0 if operation is wide else operation.unit_roundoff
    constants = {
        "__slots__": (),
        "ADD": accumulation.unit_roundoff + ours,
        "ADD_TINY": accumulation.smallest_normal if precision.flushes else 0.0,
        "FUNCTION_TINY": wide.smallest_normal + operation.smallest,
        "LARGEST": min(operation.largest, accumulation.largest),
        "NORMAL": operation.smallest_normal,
        "ROUND": operation.unit_roundoff + ours,
        "STORE_SUM": 0.0 if operation is accumulation else operation.unit_roundoff,
        "TINY": operation.smallest_normal if precision.flushes else operation.smallest,
        "ULPS": {
            name: 2 * ulps * (wide.unit_roundoff + ours) + function
            for name, ulps in precision.ulps.items()
        },
        "precision": precision,
    }
    return type("Bounded", (Bounded,), constants)


def bounded(array: np.ndarray, precision: Precision | None = None) -> np.ndarray:
    """Make an array of bounded numbers, as inputs for a reference.

    The default precision is that of NumPy's float64.
    """
    number = bounded_numbers(precision or promise("numpy", "cpu", "float64"))
    result = np.empty(np.shape(array), object)
    result[...] = np.frompyfunc(number.input, 1, 1)(array)
    return result
