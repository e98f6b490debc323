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
from properties.arithmetic.scalars import Scalar, exp, power

LIBM_ULPS = 2.0
"""The C library's accuracy, which is ours: glibc, "Known Maximum Errors in Math
Functions", has 2 ulp at most."""
E_700 = math.exp(-700.0)  # well above the numbers that exp rounds to 0


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
        if reach + error > self.LARGEST:
            return math.inf
        if not math.isfinite(self.value):
            return 0.0
        if self.STORE:
            error += self.STORE * (abs(self.value) + error)
        return error

    @classmethod
    def input(cls, number):
        """Make an element of an input: exact, but for what reading it may lose."""
        value = float(number)
        size, roundoff = abs(value), cls.precision.input_roundoff
        if cls.precision.flushes and size < cls.NORMAL:
            return cls(value, size)
        if not roundoff or not size or not math.isfinite(size):
            return cls(value)
        error = roundoff * max(size, cls.NORMAL)
        return cls(value, error if size + error <= cls.LARGEST else math.inf)

    @classmethod
    def lift(cls, number):
        """Make a constant of a formula: exact if it is an int or has eight bits."""
        value = float(number)
        if value.is_integer() or not math.isfinite(value):
            return cls(value)
        significand, _ = math.frexp(value)
        exact = (significand * 256).is_integer()
        error = 0.0 if exact else cls.ROUND * abs(value)
        return cls(value, error if abs(value) >= cls.NORMAL else error + cls.TINY)

    # --- sums

    def __neg__(self):
        return type(self)(-self.value, self.inherited, self.terms, self.magnitude)

    def __pos__(self):
        return self

    def __abs__(self):
        return self if math.copysign(1.0, self.value) > 0 else -self

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
            if other in (1, -1):
                return self if other == 1 else -self
            other = self.lift(other)
        a, b = self.value, other.value
        da = self.inherited if self.terms == 1 else self.error
        db = other.inherited if other.terms == 1 else other.error
        value = a * b
        size = abs(value)
        error = abs(a) * db + (abs(b) + db) * da
        error += self.ROUND * (size + error)
        if size - error >= self.NORMAL and size + error <= self.LARGEST:
            return type(self)(value, error, 1, size)
        if not math.isfinite(value):
            return self.not_finite(value, (a, da), (b, db))
        if (a == da == 0 or b == db == 0) and math.isfinite(da + db):
            return type(self)(value)
        return self.out_of_range(value, error)

    __rmul__ = __mul__

    def __truediv__(self, other):
        if type(other) is not type(self):
            if not isinstance(other, Real):
                return NotImplemented
            other = self.lift(other)
        a, da = self.value, self.error
        b, db = other.value, other.error
        value = a / b if b else math.copysign(math.inf, b) * a
        if not math.isfinite(value) or not math.isfinite(b):
            return self.not_finite(value, (a, da), (b, db))
        if db >= abs(b):
            return type(self)(value, math.inf)
        if a == da == 0:
            return type(self)(value)
        size = abs(value)
        error = (da + size * db) / (abs(b) - db)
        error += self.ROUND * (size + error)
        error += self.ROUND * (size + error)  # rounded twice: as a · (1 / b)
        return self.out_of_range(value, error)

    def __rtruediv__(self, other):
        return self.lift(other) / self

    def told_by(self, quotient):
        """This slope of a quotient, where it is computed from the stored quotient.

        1 / y is (x / y) / x: the gradient of softmax, say, is s · (g − Σ g s). What
        storing s loses by underflow is then a share of the slope.
        """
        size = abs(quotient.value)
        if not 0 < size < self.NORMAL + quotient.error:
            return self
        error = self.error
        return type(self)(
            self.value, error + (abs(self.value) + error) * self.TINY / size
        )

    def __pow__(self, exponent):
        a, da = self.value, self.error
        n = float(exponent)
        value = power(a, n)
        is_root = not n.is_integer()
        if da and n:
            steepest = abs(a) + da if n >= 1 else abs(a) - da
            if steepest <= 0 or (is_root and a < da):
                return type(self)(value, math.inf)
            spread = abs(n) * power(steepest, n - 1) * da
            return self.function("pow", value, spread + self.drift(n, value, spread))
        overflows = math.isinf(value) and math.isfinite(a) and a != 0
        has_zeros_sign = math.isinf(value) and a == 0 and n % 2 == 1
        if overflows or has_zeros_sign or (is_root and a == -math.inf):
            return type(self)(value, math.inf)
        return self.function("pow", value, self.drift(n, value, 0.0))

    def drift(self, n, value, spread):
        """How far off a power is, `value` ± `spread`, where the exponent is rounded."""
        a, da, dn = self.value, self.error, self.lift(n).error
        if not dn or not da < a < math.inf:
            return 0.0
        steepness = abs(math.log(a)) + da / (a - da)
        return (abs(value) + spread) * math.expm1(min(dn * steepness, 700.0))

    def out_of_range(self, value, error):
        """The result of an operation that may underflow or overflow."""
        size = abs(value)
        if size - error < self.NORMAL:
            error += self.TINY
        return type(self)(value, error if size + error <= self.LARGEST else math.inf)

    def not_finite(self, value, *operands):
        """An infinity or NaN is certain, unless an operand may be near zero.

        Of two finite numbers, an infinity is never: it overflows, or has a zero's sign.
        """
        (a, _), (b, _) = operands
        finite = math.isfinite(b) and (b == 0 or math.isfinite(a))
        doubtful = any(dx and not abs(x) > dx for x, dx in operands)
        certain = not doubtful and not (math.isinf(value) and finite)
        return type(self)(value, 0.0 if certain else math.inf)

    # --- comparisons

    def decide(self, relation, other):
        """Compare the values, where no rounding could turn the outcome; or itself.

        Raises:
            Undecidable: the bounds overlap.
        """
        if type(other) is not type(self):
            if not isinstance(other, Real):
                return NotImplemented
            other = self.lift(other)
        doubt = self.error + other.error if other is not self else 0
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
            if not isinstance(other, Real):
                return NotImplemented
            other = self.lift(other)
        doubt = self.error + other.error
        if math.isnan(self.value) or math.isnan(other.value):
            return self if math.isnan(self.value) else other
        if not doubt or abs(self.value - other.value) > doubt:
            return self if self.value >= other.value else other
        if not (self.error and other.error) and math.isfinite(doubt):
            # One of them is certain: the greater is between it and the other's reach.
            least, other = (self, other) if self.error == 0 else (other, self)
            most = other.value + doubt * (1 + self.ADD)
            value = least.value + (most - least.value) / 2
            return type(self)(value, max(value - least.value, most - value))
        return type(self)(max(self.value, other.value), max(self.error, other.error))

    # --- elementary functions: the value, and what the argument's error does to it

    def function(self, name, value, spread):
        """The result of an elementary function, off by so many documented ulps.

        Below the smallest normal number its error is that number: no vendor
        promises more there. An infinity or NaN is certain where `spread` is 0.
        """
        if math.isinf(self.error):
            return type(self)(value, math.inf)
        if not (math.isfinite(value) and math.isfinite(spread)):
            certain = spread == 0 or not math.isfinite(self.value)
            return type(self)(value, 0.0 if certain else math.inf)
        size = abs(value)
        error = spread + self.ULPS[name] * (size + spread)
        if size - error < self.NORMAL and math.isfinite(self.value):
            error += self.FUNCTION_TINY
        return type(self)(value, error if size + error <= self.LARGEST else math.inf)

    def exp(self):
        value = exp(self.value)
        return self.function("exp", value, self.growth(value))

    def expm1(self):
        a = self.value
        value = math.expm1(a) if a < 700 else exp(a)
        return self.function("expm1", value, self.growth(exp(a)))

    def growth(self, value):
        """By how much e^x, which is `value`, grows where x does by its error."""
        error = self.error
        return max(value, E_700) * (math.expm1(error) if error < 700 else math.inf)

    def log(self):
        return self.logarithm("log", math.log, 0.0)

    def log1p(self):
        return self.logarithm("log1p", math.log1p, 1.0)

    def logarithm(self, name, log, shift):
        a, da = self.value, self.error
        above = a + shift
        if not above > 0:
            value = -math.inf if above == 0 else math.nan
            return self.function(name, value, math.inf if da and da >= -above else 0.0)
        spread = -math.log1p(-da / above) if da < above else math.inf
        return self.function(name, log(a), spread)

    def sqrt(self):
        a, da = self.value, self.error
        value = math.sqrt(a) if a >= 0 else math.nan
        if da and a < da:
            return type(self)(value, math.inf)
        spread = da / (math.sqrt(a - da) + value) if da else 0.0
        return self.function("sqrt", value, spread)

    def tanh(self):
        a, da = self.value, self.error
        slope = 1 - math.tanh(max(abs(a) - da, 0.0)) ** 2
        return self.function("tanh", math.tanh(a), da * slope)

    def erfc(self):
        a, da = self.value, self.error
        nearest = max(abs(a) - da, 0.0)
        slope = 2 / math.sqrt(math.pi) * math.exp(-nearest * nearest)
        cancelled = self.ULPS["erfc"] if self.precision.cancels_erfc else 0.0
        return self.function("erfc", math.erfc(a), da * slope + cancelled)

    def sin(self):
        a, da = self.value, self.error
        return self.function("sin", math.sin(a) if math.isfinite(a) else math.nan, da)

    def cos(self):
        a, da = self.value, self.error
        return self.function("cos", math.cos(a) if math.isfinite(a) else math.nan, da)


@cache
def bounded_numbers(precision: Precision) -> type[Bounded]:
    """Make the type of numbers whose bounds hold for one precision."""
    ours = FLOAT64.unit_roundoff
    operation, accumulation = precision.operation, precision.accumulation
    wide = precision.elementary
    flushed = operation.smallest_normal if precision.flushes else operation.smallest
    function = 0.0 if operation is wide else operation.unit_roundoff
    constants = {
        "__slots__": (),
        "ADD": precision.roundings * accumulation.unit_roundoff + ours,
        "ADD_TINY": accumulation.smallest_normal if precision.flushes else 0.0,
        "FUNCTION_TINY": wide.smallest_normal + operation.smallest,
        "LARGEST": min(operation.largest, accumulation.largest),
        "NORMAL": operation.smallest_normal,
        "READS_OFF": precision.flushes or precision.input_roundoff > 0,
        "ROUND": precision.roundings * operation.unit_roundoff + ours,
        "STORE": 0.0 if operation is accumulation else operation.unit_roundoff,
        "TINY": max(precision.roundings, precision.underflows) * flushed,
        "ULPS": {
            name: 2 * (ulps * wide.unit_roundoff + LIBM_ULPS * ours) + function
            for name, ulps in precision.ulps.items()
        },
        "precision": precision,
    }
    return type("Bounded", (Bounded,), constants)


def bounded(array: np.ndarray, precision=None, kind=bounded_numbers) -> np.ndarray:
    """Make an array of bounded numbers, as inputs for a reference.

    The default precision is that of NumPy's float64; `kind` makes the type for one.
    """
    number = kind(precision or promise("numpy", "cpu", "float64"))
    array = np.asarray(array, np.float64)
    make = number.input if number.READS_OFF else number
    result = np.empty(array.shape, object)
    result[...] = np.frompyfunc(make, 1, 1)(array)
    return result
