"""The laws of reference/recurrent/scan.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.recurrent.strategies import gentle
from properties.strategies import fractions
from reference.recurrent.scan import affine_chain, affine_tree

COUNTS = st.sampled_from([3, 1, 2, 4, 5, 6, 7, 8, 9])

# --- strategies


@st.composite
def steps(draw, elements):
    """Slopes and shifts of the steps of two linear recurrences."""
    a, b = draw(elements((2, draw(COUNTS), 2)))
    return a, b


class Depth:
    """A number that knows only how many compositions it is deep."""

    def __init__(self, depth=0):
        self.depth = depth

    def __mul__(self, other):
        return Depth(max(self.depth, other.depth) + 1)

    def __add__(self, other):
        return Depth(max(self.depth, other.depth))


def depth(compose, count):
    """How deep the composition of so many steps is: one product for each."""
    numbers = np.array([Depth() for _ in range(count)], object)
    return compose(numbers, numbers)[0].depth


# --- identities


@given(steps(fractions))
def test_affine_tree_is_affine_chain(example):
    """Composition is associative: in pairs or in a row, exactly"""
    for actual, expected in zip(affine_tree(*example), affine_chain(*example)):
        assert_equal(actual, expected)


@given(steps(fractions), fractions((2,)))
def test_affine_chain_takes_all_steps(example, h):
    """A · h + B = h[T] of h[t] = a[t] · h[t − 1] + b[t]"""
    slope, shift = affine_chain(*example)
    left = slope * h + shift
    for a, b in zip(*example):
        h = a * h + b
    assert_equal(left, h)


# --- depth


@pytest.mark.parametrize("count", range(1, 18))
def test_affine_chain_is_as_deep_as_it_is_long(count):
    """A path of steps − 1 compositions"""
    assert depth(affine_chain, count) == count - 1


@pytest.mark.parametrize("count", range(1, 18))
def test_affine_tree_is_as_deep_as_its_logarithm(count):
    """A path of ⌈log₂ steps⌉ compositions"""
    assert depth(affine_tree, count) == (count - 1).bit_length()


# --- errors


@pytest.mark.parametrize("compose", [affine_chain, affine_tree])
def test_affine_chain_and_tree_reject_what_does_not_fit(compose):
    with pytest.raises(ValueError, match="a and b have shapes"):
        compose(np.zeros(2), np.zeros(3))
    with pytest.raises(ValueError, match="a step at least"):
        compose(np.zeros(0), np.zeros(0))


# --- agreement


@given(steps(gentle))
def test_affine_chain_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, affine_chain, *example)


@given(steps(gentle))
def test_affine_tree_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, affine_tree, *example)
