"""Two sides of a law that differ in anything are not equal."""

import numpy as np
import pytest

from properties.agreement import assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.precision import promise


def numbers(*values):
    return bounded(np.array(values), promise("numpy", "cpu", "float32"))


THIRD = numbers(1.0) / 3


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (np.ones(2), np.ones((2, 1))),
        (np.ones(2), np.ones(1)),
        (np.ones(2), np.float64(1)),
        (np.ones(2), np.ones(2, np.float32)),
        (np.ones(2), np.ones(2, int)),
        (np.ones(2), np.ones(2, object)),
        (np.array([1.0, np.nan]), np.array([np.nan, 1.0])),
        (np.array([1.0, np.nan]), np.array([1.0, np.inf])),
        (np.array([np.inf]), np.array([-np.inf])),
        (np.array([1.0]), np.array([np.nextafter(1.0, 2.0)])),
        (numbers(1, 1), numbers(1)),
        (numbers(1, 1), numbers(1, 1)[:, None]),
        (numbers(1), np.ones((1, 1))),
        (numbers(np.nan), numbers(1)),
        (numbers(np.inf), numbers(-np.inf)),
        (numbers(np.inf), numbers(1)),
        (THIRD, numbers(1 / 3 + 1e-7)),
        (THIRD, np.array([1 / 3 + 1e-7])),
        (np.array([1 / 3 - 1e-7]), THIRD),
    ],
)
def test_assert_equal_fails(left, right):
    with pytest.raises(AssertionError):
        assert_equal(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (np.array([1.0, np.nan, np.inf]), np.array([1.0, np.nan, np.inf])),
        (np.zeros((0, 2)), np.zeros((0, 2))),
        (numbers(np.nan, np.inf, 1), numbers(np.nan, np.inf, 1)),
        (THIRD, np.array([1 / 3])),
        (THIRD, numbers(1 / 3 + 1e-8)),
        (THIRD * 3, numbers(1.0)),
    ],
)
def test_assert_equal_passes(left, right):
    assert_equal(left, right)
