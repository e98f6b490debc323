"""The laws of reference/next_token_tables.py, then its agreement with the backends."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.search.strategies import PENALTIES, TABLES, log_numbers, tables
from properties.strategies import (
    codes,
    fractions,
    ordinary,
    per_axis,
    sixteenths,
    whole_numbers,
)
from reference.search.next_token_tables import (
    length_normalized,
    markov_chain,
    prefix_tree,
    sequence_log_prob,
)

# --- strategies


@st.composite
def chains(draw, elements):
    """Logarithms of a first token's probabilities, and of a next token's."""
    batch, vocabulary = draw(per_axis(2, 1, 4))
    shape = batch, vocabulary
    return draw(elements(shape)), draw(elements((*shape, vocabulary)))


@st.composite
def sentences(draw, elements, **sizes):
    """A table, tokens to go through it, and eos."""
    (log_probs, next_state), options = draw(tables(elements, **sizes))
    shape = len(log_probs), options.pop("steps")
    tokens = draw(codes(shape)) % log_probs.shape[2]
    return (log_probs, next_state, tokens.astype(np.int64)), options


@st.composite
def sums(draw, elements):
    """Log-probabilities, and lengths from 1 on."""
    shape = draw(per_axis(draw(st.integers(0, 2)), 0, 3))
    return draw(elements(shape)), draw(codes(shape)) % 9 + np.int64(1)


# --- laws


@given(chains(fractions), codes((4, 3)))
def test_markov_chain_adds_up_transitions(example, code):
    """log p(v) = log_start[v_0] + Σ_t log_transition[v_{t−1}, v_t]"""
    start, transition = example
    tokens = code[: len(start)] % start.shape[1]
    rows, (first, second, third) = np.arange(len(start)), tokens.T
    left = sequence_log_prob(*markov_chain(*example), tokens)
    steps = transition[rows, first, second] + transition[rows, second, third]
    assert_equal(left, start[rows, first] + steps)


@given(whole_numbers((1, 3), (1, 4)))
def test_prefix_tree_has_a_state_for_each_prefix(sizes):
    """Prefixes of fewer than so many steps lead to different states, and to all"""
    vocabulary, steps = sizes
    next_state = prefix_tree(vocabulary=vocabulary, steps=steps)
    reached = []
    for t in range(steps):
        for prefix in itertools.product(range(vocabulary), repeat=t):
            state = 0
            for token in prefix:
                state = next_state[state, token]
            reached.append(state)
    assert_equal(np.sort(reached), np.arange(len(next_state)))


@given(sentences(fractions))
def test_sequence_log_prob_is_additive_in_the_table(example):
    """y(a x + z) = a y(x) + y(z)"""
    (x, next_state, tokens), options = example
    z = x[:, ::-1] * x
    left = sequence_log_prob(3 * x + z, next_state, tokens, **options)
    right = 3 * sequence_log_prob(x, next_state, tokens, **options)
    assert_equal(left, right + sequence_log_prob(z, next_state, tokens, **options))


@given(sentences(fractions), st.integers(0, 9))
def test_sequence_log_prob_ends_at_eos(example, token):
    """What comes after eos does not count"""
    (x, next_state, tokens), options = example
    is_eos = tokens == options["eos"]
    after = is_eos.cumsum(1) > is_eos
    other = np.where(after, token % x.shape[2], tokens)
    left = sequence_log_prob(x, next_state, other, **options)
    assert_equal(left, sequence_log_prob(x, next_state, tokens, **options))


@given(sentences(fractions))
def test_sequence_log_prob_gradient_counts_visits(example):
    """Σ of the gradient = number of tokens up to the end, at those that were taken"""
    (x, next_state, tokens), options = example

    def score(table):
        return sequence_log_prob(table, next_state, tokens, **options)

    left = gradient(score, [x], np.full(len(x), 1, object))[0]
    before = (tokens == options["eos"]).cumsum(1)[:, :-1] == 0
    assert_equal(left.sum(axis=(1, 2)).astype(int), 1 + before.sum(1))


@given(sums(sixteenths))
def test_length_normalized_by_zero_and_by_one(example):
    """α = 0: the sum itself; α = 1: the mean of the terms"""
    assert_equal(length_normalized(*example, length_penalty=0.0), example[0])
    left = length_normalized(*example, length_penalty=1.0)
    assert_equal(left, example[0] / example[1])


@given(sixteenths((5,)), st.integers(1, 6), st.sampled_from(PENALTIES))
def test_length_normalized_keeps_the_order_of_equal_lengths(x, length, a):
    """x ≤ z  ⇔  x / L^α ≤ z / L^α"""
    y = length_normalized(x, np.full(5, length), length_penalty=a)
    assert_equal(np.less_equal.outer(y, y), np.less_equal.outer(x, x))


@given(sums(ordinary), whole_numbers((0, 8), (0, 8)))
def test_length_normalized_favours_long_sequences(example, powers):
    """The larger α, the larger the score of a log-probability (≤ 0)"""
    x, lengths = -abs(example[0]), example[1]
    low, high = sorted(powers)
    left = length_normalized(x, lengths, length_penalty=low / 4)
    assert (left <= length_normalized(x, lengths, length_penalty=high / 4)).all()


def test_length_normalized_turns_the_order_round():
    """−3 of two tokens beats −4 of four; their means, −1.5 and −1, do not"""
    x, lengths = np.array([-3.0, -4.0]), np.array([2, 4])
    assert np.argmax(length_normalized(x, lengths, length_penalty=0.0)) == 0
    assert np.argmax(length_normalized(x, lengths, length_penalty=1.0)) == 1


# --- errors


def test_markov_chain_rejects_transitions_of_other_shapes():
    """(batch, vocabulary) and (batch, vocabulary, vocabulary)"""
    for shape in [(1, 2, 3), (1, 2, 1), (1, 1, 2), (2, 2, 2), (0, 2, 2), (2, 2)]:
        with pytest.raises(ValueError, match="it must be"):
            markov_chain(np.zeros((1, 2)), np.zeros(shape))
    with pytest.raises(ValueError, match="vocabulary is 0"):
        prefix_tree(vocabulary=0, steps=1)


def test_sequence_log_prob_rejects_what_is_not_in_the_table():
    """States, tokens and eos that there are"""
    table, states, tokens = np.zeros((1, 2, 3)), np.zeros((1, 2, 3), int), [[0, 2]]
    with pytest.raises(ValueError, match="eos is 3; there are 3 tokens"):
        sequence_log_prob(table, states, np.array(tokens), eos=3)
    for eos in (-1, 4):
        with pytest.raises(ValueError, match=f"eos is {eos}"):
            sequence_log_prob(table, states, np.array(tokens), eos=eos)
    for state in (-1, 2):
        with pytest.raises(ValueError, match="there are 2 states"):
            sequence_log_prob(table, states + state, np.array(tokens))
    with pytest.raises(ValueError, match="next_state has shape"):
        sequence_log_prob(table, states[:, :1], np.array(tokens))
    for outside in (np.array(tokens) + 1, -np.array([[0, 1]])):
        with pytest.raises(ValueError, match="there are 3 tokens"):
            sequence_log_prob(table, states, outside)
    for others in [[*tokens, *tokens], tokens[:0]]:
        others = np.reshape(others, (-1, 2)).astype(int)
        with pytest.raises(ValueError, match="for a batch of 1"):
            sequence_log_prob(table, states, others)
    with pytest.raises(ValueError, match="length is 0"):
        length_normalized(np.zeros(1), np.zeros(1, int), length_penalty=1.0)


# --- agreement


@given(chains(log_numbers))
def test_markov_chain_agrees_with_backend(backend, example):
    """The backend makes the same table."""
    agree(backend, markov_chain, *example)


@given(whole_numbers((1, 4), (1, 4)))
def test_prefix_tree_agrees_with_backend(backend, sizes):
    """The backend numbers the same states."""
    vocabulary, steps = sizes
    agree(backend, prefix_tree, vocabulary=vocabulary, steps=steps)


@given(sentences(log_numbers, sizes=TABLES))
def test_sequence_log_prob_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, sequence_log_prob, *tensors, **options)


@given(sums(log_numbers), st.sampled_from(PENALTIES))
def test_length_normalized_agrees_with_backend(backend, example, length_penalty):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, length_normalized, *example, length_penalty=length_penalty)
