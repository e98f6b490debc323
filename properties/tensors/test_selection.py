"""The laws of reference/tensors/selection.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import (
    full_width,
    generator,
    ordinary,
    sixteenths,
    tile_edges,
    whole_numbers,
    with_non_finite,
)
from reference.tensors.selection import sort, topk, topk_values

# --- strategies

SHAPES = [
    *[((4,), 0), ((33, 2), 0), ((2, 65), 1), ((5,), -1), ((2, 3), 0), ((2, 3, 2), 1)],
    *[((2, 17), -1), ((1,), 0), ((0,), 0), ((3, 0), 0), ((17, 1, 2), -3), ((3, 4), -2)],
]
KEPT = ["half", "all", "none", "one", "all but one"]


@st.composite
def orders(draw, elements):
    """A tensor, and an axis of it to put in order."""
    shape, dim = draw(st.sampled_from(SHAPES))
    return draw(elements(shape)), {"dim": dim, "descending": draw(st.booleans())}


@st.composite
def extremes(draw, elements):
    """A tensor, and how many of the greatest or least along an axis to take."""
    shape, dim = draw(st.sampled_from(SHAPES))
    size, kept = shape[dim], draw(st.sampled_from(KEPT))
    counts = {"none": 0, "one": 1, "half": (size + 1) // 2, "all but one": size - 1}
    k = min(max(counts.get(kept, size), 0), size)
    return draw(elements(shape)), {"k": k, "dim": dim, "largest": draw(st.booleans())}


def ties(shape):
    """Numbers many of which are equal: −1, 0 and 1."""
    return sixteenths(shape).map(lambda x: np.sign(np.trunc(x / 3)) + 0)


def distinct(shape):
    """Whole numbers, none of them twice, exact in every dtype."""

    def fill(code):
        numbers = generator(code).permutation(np.prod(shape, dtype=int))
        return (numbers - 64.0).reshape(shape)

    return st.binary(min_size=2, max_size=2).map(lambda code: fill(code))


@st.composite
def long_rows(draw):
    """Few of the greatest of a row or column as long as what kernels are tiled by."""
    dim, k, largest = draw(whole_numbers((0, 1), (1, 9), (0, 1)))
    size = draw(tile_edges())
    input = draw(ordinary((1, size) if dim else (size, 1)))
    return input, {"k": k, "dim": dim, "largest": bool(largest)}


# --- identities


@given(orders(ties))
def test_sort_values_are_where_its_order_says(example):
    """y[k] = x[order[k]], and order has each index once"""
    x, options = example
    values, order = sort(x, **options)
    assert_equal(values, np.take_along_axis(x, order, options["dim"]))
    every = np.sort(order, options["dim"])
    assert (np.diff(every, axis=options["dim"]) == 1).all()


@given(extremes(ties))
def test_topk_is_the_beginning_of_sort(example):
    """topk(x) = the first k of sort(x)"""
    x, options = example
    dim, k = options["dim"], options["k"]
    left = topk(x, **options)
    for actual, whole in zip(left, sort(x, dim=dim, descending=options["largest"])):
        assert_equal(actual, np.moveaxis(np.moveaxis(whole, dim, 0)[:k], 0, dim))


@given(extremes(sixteenths))
def test_topk_of_the_negated_is_the_least(example):
    """topk(−x, largest) = −topk(x, least), at the same places"""
    x, options = example
    other = options | {"largest": not options["largest"]}
    (left, places), (right, same) = topk(-x, **options), topk(x, **other)
    assert_equal(left, -right)
    assert_equal(places, same)


# --- order


@given(orders(sixteenths))
def test_sort_is_monotone_in_the_place(example):
    """y[k] ≤ y[k + 1], or ≥ if descending"""
    x, options = example
    steps = np.diff(sort(x, **options)[0], axis=options["dim"])
    assert (steps <= 0).all() if options["descending"] else (steps >= 0).all()


@given(orders(ties))
def test_sort_keeps_the_order_of_equals(example):
    """y[k] = y[k + 1]  ⇒  order[k] < order[k + 1], descending too"""
    x, options = example
    values, order = sort(x, **options)
    equal = np.diff(values, axis=options["dim"]) == 0
    assert (np.diff(order, axis=options["dim"])[equal] > 0).all()


@given(orders(sixteenths))
def test_sort_is_idempotent(example):
    """sort(sort(x)) = sort(x)"""
    x, options = example
    values, _ = sort(x, **options)
    assert_equal(sort(values, **options)[0], values)


@given(extremes(sixteenths))
def test_topk_values_are_invariant_under_reversal(example):
    """The values of topk(x[::−1]) are those of topk(x), whatever ties"""
    x, options = example
    left = topk_values(np.flip(x, options["dim"]), **options)
    assert_equal(left, topk_values(x, **options))


# --- special cases


def test_sort_puts_nan_where_the_greatest_are():
    """[2, NaN, ∞, 1] is 1, 2, ∞, NaN, and the other way round if descending"""
    x = np.array([2.0, np.nan, np.inf, 1.0])
    values, order = sort(x, dim=0, descending=False)
    assert_equal(values, np.array([1.0, 2.0, np.inf, np.nan]))
    assert_equal(order, np.array([3, 0, 2, 1]))
    assert_equal(sort(x, dim=0, descending=True)[0], values[::-1])


@given(orders(with_non_finite))
def test_sort_orders_as_numpy_sort(example):
    """Ascending, values are those of numpy.sort, NaN last"""
    x, options = example
    left, _ = sort(x, dim=options["dim"], descending=False)
    assert_equal(left, np.sort(x, options["dim"]))


# --- errors


@pytest.mark.parametrize("k", [-1, 4])
def test_topk_rejects_more_than_there_are(k):
    """0 ≤ k ≤ size"""
    with pytest.raises(ValueError, match="k is"):
        topk(np.zeros(3), k=k, dim=0, largest=True)


def test_sort_rejects_an_axis_that_is_not_there():
    """dim is one of −axes … axes − 1"""
    with pytest.raises(ValueError, match="dim is"):
        sort(np.zeros(3), dim=1, descending=False)


# --- agreement


@given(st.one_of(orders(ties), orders(full_width)))
def test_sort_agrees_with_backend(backend, example):
    """The very numbers, equals in order, and a gradient that goes back to them."""
    input, options = example
    agree(backend, sort, input, **options)


@given(orders(with_non_finite))
def test_sort_agrees_with_backend_on_what_is_not_finite(backend, example):
    """NaN is greater than all else."""
    input, options = example
    agree(backend, sort, input, constant=("input",), **options)


@given(extremes(distinct))
def test_topk_agrees_with_backend(backend, example):
    """The very numbers and places, and a gradient that goes to them alone."""
    input, options = example
    agree(backend, topk, input, **options)


@given(st.one_of(extremes(ties), extremes(with_non_finite)))
def test_topk_values_agrees_with_backend(backend, example):
    """The very numbers, where some are equal or not finite."""
    input, options = example
    agree(backend, topk_values, input, constant=("input",), **options)


@given(long_rows())
def test_topk_values_of_long_rows_agrees_with_backend(backend, example):
    """The very numbers, of axes that kernels take in parts."""
    input, options = example
    agree(backend, topk_values, input, constant=("input",), **options)
