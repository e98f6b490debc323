"""The laws of reference/pooling/sequence_pool.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.pooling.strategies import EDGES, tied, unordered
from properties.strategies import (
    codes,
    fractions,
    full_width,
    sixteenths,
    whole_numbers,
)
from reference.pooling.sequence_pool import sequence_avg_pool, sequence_max_pool

# --- strategies


@st.composite
def sequences(draw, *elements):
    """Sequences (batch, steps, features), one kind of elements of several, and lengths.

    In a third of them steps or features are many.
    """
    ranges = [(0, 11), (0, 7), (1, 3), (1, 6), (1, 3), (0, len(elements) - 1)]
    kind, edge, batch, steps, features, which = draw(whole_numbers(*ranges))
    if kind >= 8:
        wide = EDGES[edge]
        steps, features = (wide, features) if kind < 10 else (steps, wide)
    x = draw(elements[which]((batch, steps, features)))
    lens = draw(codes((batch,))) % steps + 1
    return x, None if kind % 3 == 0 else lens.astype(np.int64)


POOLS = pytest.mark.parametrize("pool", [sequence_avg_pool, sequence_max_pool])


# --- identities


@POOLS
@given(sequences(fractions))
def test_sequence_avg_pool_sees_valid_steps_alone(pool, example):
    """pool(x, len)[n] = pool(x[n, : len[n]]): what follows does not matter"""
    x, lens = example
    lens = np.full(len(x), x.shape[1]) if lens is None else lens
    right = [pool(row[None, :steps])[0] for row, steps in zip(x, lens)]
    assert_equal(pool(x, lens), np.array(right))


# --- algebra


@given(sequences(fractions), st.data())
def test_sequence_avg_pool_is_linear_in_the_input(example, data):
    """mean(a · x + z) = a · mean(x) + mean(z)"""
    x, lens = example
    z, a = data.draw(fractions(x.shape), "z"), data.draw(fractions((1,)), "a")[0]
    right = a * sequence_avg_pool(x, lens) + sequence_avg_pool(z, lens)
    assert_equal(sequence_avg_pool(a * x + z, lens), right)


@given(sixteenths((2, 3, 2)), sixteenths((2, 2, 2)))
def test_sequence_max_pool_of_a_joined_sequence_is_the_greater(x, z):
    """max(x ++ z) = max(max(x), max(z))"""
    right = np.maximum(sequence_max_pool(x), sequence_max_pool(z))
    assert_equal(sequence_max_pool(np.concatenate([x, z], axis=1)), right)


# --- invariances


@POOLS
@given(fractions((2, 5, 2)), st.permutations(range(5)))
def test_sequence_avg_pool_is_invariant_under_permutations(pool, x, order):
    """pool(x[order]) = pool(x): the order of steps does not matter"""
    assert_equal(pool(x[:, order]), pool(x))


@given(fractions((1, 4, 2)), st.integers(1, 3))
def test_sequence_max_pool_is_idempotent_under_duplication(x, times):
    """max(x ++ … ++ x) = max(x); of the mean it is so, too"""
    many = np.tile(x, (1, times, 1))
    assert_equal(sequence_max_pool(many), sequence_max_pool(x))
    assert_equal(sequence_avg_pool(many), sequence_avg_pool(x))


# --- special cases


@given(fractions((2, 3, 2)), st.integers(0, 4))
def test_sequence_avg_pool_shrinks_by_padding(x, more):
    """mean(x padded with zeros) = mean(x) · len / steps, unless told the lengths"""
    padded = np.concatenate([x, np.zeros((2, more, 2), int)], axis=1)
    left = sequence_avg_pool(padded) * (3 + more)
    assert_equal(left, sequence_avg_pool(x) * 3)
    assert_equal(sequence_avg_pool(padded, np.array([3, 3])), sequence_avg_pool(x))


@given(fractions((2, 3, 2)), st.integers(1, 4))
def test_sequence_max_pool_is_changed_by_padding_if_it_is_negative(x, more):
    """max(x padded with zeros) = max(max(x), 0), unless told the lengths"""
    padded = np.concatenate([x, np.zeros((2, more, 2), int)], axis=1)
    y = sequence_max_pool(x)
    assert_equal(sequence_max_pool(padded), np.where(y < 0, 0, y))
    assert_equal(sequence_max_pool(padded, np.array([3, 3])), y)


def test_sequence_avg_pool_of_two_sentences():
    """The mean of 3, 1, 7 is 11/3, padded 2.2; the maximum of −3, −1, −7 is −1"""
    x = np.array([3.0, 1, 7, 0, 0]).reshape(1, 5, 1)
    assert_equal(sequence_avg_pool(x, np.array([3])), np.array([[11 / 3]]))
    assert_equal(sequence_avg_pool(x), np.array([[2.2]]))
    x = np.array([-3.0, -1, -7, 0, 0]).reshape(1, 5, 1)
    assert_equal(sequence_max_pool(x, np.array([3])), np.array([[-1.0]]))
    assert_equal(sequence_max_pool(x), np.array([[0.0]]))


# --- gradients


@given(sequences(tied))
def test_sequence_max_pool_gradient_goes_to_the_first_maximum(example):
    """∂(Σ y)/∂x is 1 at the first of the greatest valid steps, else 0"""
    x, lens = example
    ones = np.ones(x.shape[::2])
    (grad,) = gradient(lambda x: sequence_max_pool(x, lens), [x], ones)
    for n, c in np.ndindex(*ones.shape):
        steps = x.shape[1] if lens is None else lens[n]
        expected = np.arange(x.shape[1]) == x[n, :steps, c].argmax()
        assert_equal(grad[n, :, c].astype(bool), expected)


# --- errors


@POOLS
@pytest.mark.parametrize(
    ("shape", "lens", "problem"),
    [
        ((2, 3), None, "input has shape"),
        ((2, 0, 3), None, "at least one step"),
        ((2, 3, 1), [1], "valid_lens has shape"),
        ((2, 3, 1), [0, 1], "each must be 1 to 3"),
        ((2, 3, 1), [4, 1], "each must be 1 to 3"),
    ],
)
def test_sequence_avg_pool_rejects_what_does_not_fit(pool, shape, lens, problem):
    """Shapes and lengths that do not fit each other raise a ValueError that says so."""
    with pytest.raises(ValueError, match=problem):
        pool(np.zeros(shape), lens and np.array(lens))


# --- agreement


@given(sequences(full_width))
def test_sequence_avg_pool_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, sequence_avg_pool, *example)


@given(sequences(full_width, tied, full_width, unordered))
def test_sequence_max_pool_agrees_with_backend(backend, example):
    """The backend has the very maxima of the definition."""
    agree(backend, sequence_max_pool, *example)
