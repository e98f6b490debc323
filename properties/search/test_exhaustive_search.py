"""The laws of reference/exhaustive_search.py, then its agreement with the backends."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.search.strategies import (
    MANY,
    SIZES,
    log_numbers,
    quarters,
    searches,
    tables,
)
from properties.strategies import fractions, ordinary, sixteenths
from reference.search.beam_search import greedy_search
from reference.search.exhaustive_search import exhaustive_search, viterbi
from reference.search.next_token_tables import sequence_log_prob

# --- strategies

FEW = st.sampled_from(SIZES * 3 + MANY[:3])
"""Sizes of tables of which all sequences are looked at."""

LONG = st.sampled_from([(3, 4), (2, 6), (4, 3), (2, 1), (1, 3), (33, 2), (5, 4)])
"""Sizes of tables of which they need not."""

# --- laws


@given(tables(fractions, ends=False))
def test_exhaustive_search_is_viterbi(example):
    """What depends on the state alone is found state by state"""
    tensors, options = example
    assert_equal(
        exhaustive_search(*tensors, **options)[1], viterbi(*tensors, **options)[1]
    )


@given(tables(fractions))
def test_exhaustive_search_is_the_maximum(example):
    """y = max over all sequences of their log-probability"""
    tensors, options = example
    batch, _, vocabulary = tensors[0].shape
    every = itertools.product(range(vocabulary), repeat=options["steps"])
    rows = [np.tile(tokens, (batch, 1)) for tokens in every]
    eos = options["eos"]
    sums = [sequence_log_prob(*tensors, tokens, eos=eos) for tokens in rows]
    assert_equal(exhaustive_search(*tensors, **options)[1], np.max(sums, axis=0))


@given(tables(fractions))
def test_exhaustive_search_scores_are_of_the_sequences(example):
    """y = log p(tokens)"""
    tensors, options = example
    tokens, scores = exhaustive_search(*tensors, **options)
    right = sequence_log_prob(*tensors, tokens, eos=options["eos"])
    assert_equal(scores, right)


@given(tables(fractions, ends=False))
def test_viterbi_scores_are_of_the_sequences(example):
    """y = log p(tokens)"""
    tensors, options = example
    tokens, scores = viterbi(*tensors, **options)
    assert_equal(scores, sequence_log_prob(*tensors, tokens))


@given(tables(fractions))
def test_exhaustive_search_bounds_greedy_search(example):
    """No sequence is more probable, that of greedy search neither"""
    tensors, options = example
    found = greedy_search(*tensors, **options)[1]
    assert (found <= exhaustive_search(*tensors, **options)[1]).all()


@given(tables(fractions, ends=False), st.integers(-3, 3))
def test_viterbi_is_equivariant_under_shifts(example, c):
    """The same number more for all tokens, at every step: the same sequence"""
    (table, states), options = example
    left = viterbi(table + c, states, **options)
    right = viterbi(table, states, **options)
    assert_equal(left[0], right[0])
    assert_equal(left[1], right[1] + c * options["steps"])


@given(searches(sixteenths), st.integers(0, 4))
def test_exhaustive_search_is_equivariant_under_renaming_of_tokens(example, shift):
    """Tokens may be called by other numbers: the same score"""
    (table, states), options = example
    order = np.roll(np.arange(table.shape[2]), shift)
    renamed = dict(options)
    if options["eos"] is not None:
        renamed["eos"] = int(np.argsort(order)[options["eos"]])
    left = exhaustive_search(table[:, :, order], states[:, :, order], **renamed)
    assert_equal(left[1], exhaustive_search(table, states, **options)[1])


def test_exhaustive_search_of_ties_is_the_first():
    """In the order of tokens, as words in a dictionary"""
    table, states = np.zeros((1, 1, 2)), np.zeros((1, 1, 2), np.int64)
    tokens, _ = exhaustive_search(table, states, steps=3)
    assert_equal(tokens, np.zeros((1, 3), np.int64))
    tokens, _ = exhaustive_search(-1 + table, states, steps=3, eos=1)
    assert_equal(tokens, np.full((1, 3), 1))


@pytest.mark.parametrize("search", [exhaustive_search, viterbi])
def test_exhaustive_search_rejects_what_is_no_table(search):
    """At least one step, and states that there are"""
    table, states = np.zeros((1, 1, 2)), np.zeros((1, 1, 2), np.int64)
    with pytest.raises(ValueError, match="steps is 0"):
        search(table, states, steps=0)
    with pytest.raises(ValueError, match="next_state is from 1 to 1"):
        search(table, states + 1, steps=1)


# --- agreement


@given(searches(log_numbers, sizes=FEW))
def test_exhaustive_search_agrees_with_backend(backend, example):
    """The backend finds the same, and is as close as its precision promises."""
    tensors, options = example
    agree(backend, exhaustive_search, *tensors, **options)


@given(searches(quarters, sizes=FEW, penalties=(0.0, -1.0)))
def test_exhaustive_search_of_ties_agrees_with_backend(backend, example):
    """The backend takes the first of equals, in the order of their tokens."""
    tensors, options = example
    agree_exactly(backend, exhaustive_search, *tensors, **options)


@given(tables(ordinary, sizes=LONG, ends=False))
def test_viterbi_agrees_with_backend(backend, example):
    """The backend finds the same, and is as close as its precision promises."""
    tensors, options = example
    agree(backend, viterbi, *tensors, **options)


@given(tables(quarters, sizes=LONG, ends=False))
def test_viterbi_of_ties_agrees_with_backend(backend, example):
    """The backend takes the lower state, then the lower token, of equals."""
    tensors, options = example
    agree_exactly(backend, viterbi, *tensors, **options)
