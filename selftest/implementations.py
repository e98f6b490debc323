"""Correct implementations of formulas, to hold bounds to: they differ as kernels do.

A formula is a nested tuple, its first element a name: ("input", 0), ("sum", a, b, …),
("product", a, b), ("quotient", a, b), ("power", a, exponent), ("maximum", a, b), or
a function of one argument, ("exp", a).
"""

import math
import operator
import random
from fractions import Fraction

import mpmath
import numpy as np

from properties.arithmetic.precision import TF32
from reference.exponentials import erfc

FUNCTIONS = ("exp", "expm1", "log", "log1p", "sqrt", "tanh", "erfc", "sin", "cos")
OPERATIONS = {name: getattr(np, name, erfc) for name in FUNCTIONS} | {
    "product": operator.mul,
    "quotient": operator.truediv,
    "power": operator.pow,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "abs": abs,
    "negative": operator.neg,
}
mpmath.mp.prec = 200
ENOUGH_BITS = 2500  # for sums of the largest and the smallest numbers


def evaluate(formula, inputs):
    """The value by the operators and functions that references use."""
    name, *parts = formula
    if name == "input":
        return inputs[parts[0]]
    if name == "power":
        return evaluate(parts[0], inputs) ** parts[1]
    numbers = [evaluate(part, inputs) for part in parts]
    return sum(numbers) if name == "sum" else OPERATIONS[name](*numbers)


# --- exact values


@mpmath.workprec(ENOUGH_BITS)
def exactly(formula, inputs):
    """The value to 2500 bits; None where it is not a number, or too large for us."""
    name, *parts = formula
    if name == "input":
        return mpmath.mpf(inputs[parts[0]])
    exponent = parts.pop() if name == "power" else None
    numbers = [exactly(part, inputs) for part in parts]
    if None in numbers:
        return None
    if exponent is not None:
        return exact_power(*numbers, exponent)
    if name == "sum":
        return mpmath.fsum(numbers)
    if name in FUNCTIONS:
        return exact_function(name, *numbers)
    if name in ("maximum", "minimum"):
        return max(numbers) if name == "maximum" else min(numbers)
    if name == "quotient" and numbers[1] == 0:
        return None
    return OPERATIONS[name](*numbers)


def exact_function(name, x):
    least = {"log": 0, "log1p": -1, "sqrt": 0}.get(name, -math.inf)
    most = {"exp": 5000, "expm1": 5000}.get(name, math.inf)
    if not least <= x <= most or (x == least and name != "sqrt"):
        return None
    if name == "erfc":
        x = min(max(x, -60), 60)
    return getattr(mpmath, name)(max(x, -5000) if "exp" in name else x)


def exact_power(x, exponent):
    if (x == 0 and exponent < 0) or (x < 0 and exponent % 1):
        return None
    return x**exponent


def fraction(number):
    """The number, exactly."""
    if not isinstance(number, mpmath.mpf):
        return Fraction(number)
    sign, significand, exponent, _ = number._mpf_
    return (-1) ** sign * significand * Fraction(2) ** exponent


# --- rounding


def nearest(form, number):
    """Round a Fraction to a format, ties to even, and to ±inf beyond it."""
    if number == 0:
        return 0.0
    unit = ulp(form, number)
    rounded = round(number / unit) * unit
    if abs(rounded) > Fraction(form.largest):
        return math.inf if number > 0 else -math.inf
    return float(rounded) or (0.0 if number > 0 else -0.0)


def ulp(form, number):
    """The distance between the numbers of a format that are around a Fraction."""
    exponent = abs(number.numerator).bit_length() - number.denominator.bit_length()
    exponent -= abs(number) < Fraction(2) ** exponent
    least = max(exponent, form.least_exponent)
    return Fraction(2) ** (least - form.significand_bits + 1)


class Implementation:
    """A kernel in some precision: what the precision leaves open, a seed decides.

    Args:
        order: of sums: "forwards", "backwards", "pairwise", or a count of partial sums.
        fused: whether products are added without rounding them.
        reciprocal: whether a / b is computed as a · (1 / b).
    """

    def __init__(self, precision, order, *, fused=False, reciprocal=False, seed=0):
        self.precision = precision
        self.order = order
        self.fused = fused
        self.reciprocal = reciprocal
        self.random = random.Random(seed)

    def __call__(self, formula, inputs):
        """The formula's value, as the rest of a kernel would get it."""
        return self.rounded(self.unstored(formula, inputs))

    def unstored(self, formula, inputs):
        """The value; that of a sum is in the format of accumulation."""
        name, *parts = formula
        if name == "input":
            return self.flushed(self.read(inputs[parts[0]]))
        if name == "sum":
            return self.sum([self.term(part, inputs) for part in parts])
        if name in ("maximum", "minimum", "abs", "negative"):
            numbers = [self.unstored(part, inputs) for part in parts]
            return float(OPERATIONS[name](*numbers))
        if name == "power":
            return self.power(self(parts[0], inputs), parts[1])
        numbers = [self(part, inputs) for part in parts]
        if name in FUNCTIONS:
            exact = exact_function(name, mpmath.mpf(numbers[0]))
            return self.function(name, exact, numbers)
        return getattr(self, name)(*numbers)

    # --- rounding

    def read(self, number):
        """An input, or what is left of it when only ten bits of it are read."""
        if not self.precision.input_roundoff or self.random.random() < 0.2:
            return number
        if self.random.random() < 0.5:
            return float(TF32.round(number))
        return float((np.float32(number).view(np.uint32) >> 13 << 13).view(np.float32))

    def rounded(self, number, form=None):
        """Round, and flush what may be flushed, which may be done before or after."""
        if isinstance(number, float) and (not number or not math.isfinite(number)):
            return number
        if self.random.random() < 0.5:
            number = self.flushed(number)
        form = form or self.precision.operation
        return self.flushed(nearest(form, fraction(number)))

    def flushed(self, number):
        is_tiny = abs(number) < self.precision.operation.smallest_normal
        flushes = self.precision.flushes and self.random.random() < 0.9
        return 0.0 if is_tiny and flushes else number

    # --- operations

    def term(self, formula, inputs):
        name, *parts = formula
        if name == "product" and self.fused:
            a, b = [self(part, inputs) for part in parts]
            if math.isfinite(a) and math.isfinite(b):
                return fraction(a) * fraction(b)
        return self.unstored(formula, inputs)

    def sum(self, terms):
        if self.order == "pairwise":
            if len(terms) <= 2:
                return self.add(terms)
            half = len(terms) // 2
            return self.add([self.sum(terms[:half]), self.sum(terms[half:])])
        if isinstance(self.order, int):
            partial = [terms[first :: self.order] for first in range(self.order)]
            return self.add([self.add(part) for part in partial if part])
        return self.add(terms if self.order == "forwards" else terms[::-1])

    def add(self, terms):
        total = self.stored_term(terms[0])
        for term in terms[1:]:
            if all(isinstance(n, Fraction) or math.isfinite(n) for n in (total, term)):
                exact = fraction(total) + fraction(term)
                total = self.rounded(exact, self.precision.accumulation)
            else:
                total = float(total) + self.stored_term(term)
        return total

    def stored_term(self, term):
        """A term that is not added to another: a product is rounded then."""
        if isinstance(term, Fraction):
            return self.rounded(term, self.precision.accumulation)
        return term

    def product(self, a, b):
        if not (a and b and math.isfinite(a) and math.isfinite(b)):
            return a * b
        return self.rounded(fraction(a) * fraction(b))

    def quotient(self, a, b):
        if not (a and b and math.isfinite(a) and math.isfinite(b)):
            return ieee(np.divide, a, b)
        inverse, operation = self.rounded(1 / fraction(b)), self.precision.operation
        in_range = operation.smallest_normal <= abs(inverse) <= operation.largest
        if self.reciprocal and in_range:
            return self.product(a, inverse)
        return self.rounded(fraction(a) / fraction(b))

    def power(self, x, exponent):
        if exponent == 2 and self.random.random() < 0.5:
            return self.product(x, x)
        exact = exact_power(mpmath.mpf(x), exponent) if math.isfinite(x) else None
        return self.function("power", exact, [x, exponent])

    def function(self, name, exact, arguments):
        """A function's value, off by as much as is documented."""
        if exact is None or not mpmath.isfinite(exact):
            return ieee(OPERATIONS[name], *arguments)
        wide, value = self.precision.elementary, fraction(exact)
        if abs(value) < wide.smallest_normal:
            return self.rounded(self.random.choice([value, Fraction(0)]))
        ulps = self.precision.ulps["pow" if name == "power" else name]
        off = self.random.choice([-1, 1, self.random.uniform(-1, 1)]) * (ulps - 0.5)
        number = nearest(wide, value + Fraction(off) * ulp(wide, value))
        return self.rounded(number)


def ieee(ufunc, *arguments):
    """What a ufunc makes of float64 numbers, infinite ones and NaN among them."""
    with np.errstate(all="ignore"):
        return float(ufunc(*map(np.float64, arguments)))


def implementations(precision, seed):
    """A few kernels that differ in all that may differ."""
    return [
        Implementation(precision, "forwards", seed=seed),
        Implementation(precision, "backwards", reciprocal=True, seed=seed + 1),
        Implementation(precision, "pairwise", fused=True, seed=seed + 2),
        Implementation(precision, 4, reciprocal=True, seed=seed + 3),
        Implementation(precision, 8, fused=True, seed=seed + 4),
    ]


def is_within(actual, number):
    """Whether a number is within a bound: computed exactly."""
    if math.isinf(number.error):
        return True
    if not (math.isfinite(number.value) and math.isfinite(actual)):
        both_nan = math.isnan(actual) and math.isnan(number.value)
        return actual == number.value or both_nan
    off = abs(fraction(actual) - Fraction(number.value))
    return off <= Fraction(number.error)
