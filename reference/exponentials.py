"""Parts of what takes powers of e that must not overflow, or logarithms of 0."""

import functools
import math

import numpy as np

erfc = np.frompyfunc(math.erfc, 1, 1)
"""2 / √π · ∫_x^∞ e^(−t²) dt, which NumPy does not have."""


def largest_of(row: np.ndarray):
    """The largest number of a row, −∞ if it is empty."""
    return functools.reduce(np.maximum, row) if len(row) else -np.inf


def shifted(row: np.ndarray) -> list:
    """The numbers of a row less their largest, so that none of their e^z overflows."""
    largest = largest_of(row)
    return [z - largest for z in row]


def times_log(p, q):
    """p · log q, and 0 where p is 0, whatever q is."""
    return p * np.log(q) if p != 0 else 0
