"""Helpers for single numbers, of whatever kind an array's are."""

import numpy as np


def of_kind(number: float, like):
    """Make a number > 0 one of the kind of `like`, whatever that is, unless NaN.

    What is made of it then rounds, in bounded numbers, as an implementation's does.
    """
    return np.maximum(np.minimum(like, 0), number)


def where_greatest(numbers: np.ndarray) -> int:
    """Say where the greatest of some numbers is, the first of equals."""
    return max(range(len(numbers)), key=lambda k: numbers[k])


def quotient(a, b):
    """a / b; 0 / 0 is NaN of Python's numbers, too: nothing adds up to their 0."""
    nothing = isinstance(a, int) and isinstance(b, int | float) and a == b == 0
    return np.nan if nothing else a / b


def floor(number) -> int:
    """Return the greatest whole number that is not above a number.

    Only by comparing, which all numbers that a reference runs on can be.
    """
    whole = 0
    while number >= whole + 1:
        whole += 1
    while number < whole:
        whole -= 1
    return whole
