"""Counts that are computed with as the numbers of an array are."""

import numpy as np


def of_kind(number: float, like):
    """Make a number > 0 one of the kind of `like`, whatever that is, unless NaN.

    What is made of it then rounds, in bounded numbers, as an implementation's does.
    """
    return np.maximum(np.minimum(like, 0), number)
