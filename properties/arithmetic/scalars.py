"""What lets NumPy's functions work on numbers of our own (NEP 13)."""

import math
import operator

import numpy as np


class Scalar:
    """A number that ufuncs hand to its own operators and methods."""

    __slots__ = ()
    __hash__ = None

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        if any(isinstance(n, np.ndarray) and n.ndim for n in inputs):
            return getattr(ufunc, method)(*map(np.asarray, inputs), **options)
        operation = OPERATIONS.get(ufunc.__name__)
        if method != "__call__" or options or operation is None:
            return NotImplemented
        return operation(*map(plain_number, inputs))


def plain_number(number):
    """Turn a NumPy scalar into Python's, whose operators give way to ours.

    np.float64(1) < x comes as an array without axes.
    """
    return number.item() if isinstance(number, (np.generic, np.ndarray)) else number


def exp(number):
    """e to a float, ∞ where that is beyond floats."""
    try:
        return math.exp(number)
    except OverflowError:
        return math.inf


def power(base, exponent):
    """A float to a float, as NumPy has it: NaN and ∞ instead of exceptions."""
    with np.errstate(all="ignore"):
        return np.power(base, exponent).item()


def maximum(first, second):
    """The greater number, as the one says that knows the other."""
    if isinstance(first, Scalar):
        greater = first.maximum(second)
        if greater is not NotImplemented:
            return greater
    return second.maximum(first)


def minimum(first, second):
    return -maximum(-first, -second)


OPERATIONS = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": operator.pow,
    "negative": operator.neg,
    "absolute": operator.abs,
    "less": operator.lt,
    "less_equal": operator.le,
    "greater": operator.gt,
    "greater_equal": operator.ge,
    "equal": operator.eq,
    "not_equal": operator.ne,
    "maximum": maximum,
    "minimum": minimum,
    "erfc (vectorized)": operator.methodcaller("erfc"),  # reference/exponentials.py
} | {
    name: operator.methodcaller(name)
    for name in ("exp", "expm1", "log", "log1p", "sqrt", "tanh", "sin", "cos")
}
"""NumPy's ufuncs by name, as operators and methods of scalars."""
