"""The laws of reference/beam_search.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.arithmetic.taped import gradient
from properties.search.strategies import (
    SIZES,
    TABLES,
    beams,
    log_numbers,
    quarters,
    tables,
)
from properties.strategies import fractions, sixteenths
from reference.search.beam_search import beam_search, greedy_search
from reference.search.exhaustive_search import exhaustive_search
from reference.search.next_token_tables import (
    length_normalized,
    markov_chain,
    sequence_log_prob,
)

# --- strategies

EXACT = (0.0, -1.0)
"""Penalties by which a score stays exact."""

WIDE = st.sampled_from([size for size in SIZES if size[0] ** size[1] < 30])


def lengths_of(tokens, eos, *, count_eos):
    """How long sequences are, padded with eos."""
    ended = (tokens == eos).any(-1) if eos is not None else np.zeros(tokens.shape[:-1])
    own = (tokens != eos).sum(-1) if eos is not None else tokens.shape[-1]
    return np.maximum(1, own + ended * count_eos).astype(np.int64)


# --- identities


@given(tables(fractions))
def test_beam_search_reduces_to_greedy_search(example):
    """One beam is greedy search"""
    tensors, options = example
    tokens, scores = beam_search(*tensors, num_beams=1, **options)
    expected = greedy_search(*tensors, **options)
    assert_equal(tokens[:, 0], expected[0])
    assert_equal(scores[:, 0], expected[1])


@given(beams(sixteenths, sizes=WIDE))
def test_beam_search_reduces_to_exhaustive_search(example):
    """As many beams as sequences miss none: the best score is the best of all"""
    tensors, options = example
    options.pop("num_beams")
    _, scores = beam_search(*tensors, num_beams=30, **options)
    assert_equal(scores[:, 0], exhaustive_search(*tensors, **options)[1])


@given(tables(sixteenths, ends=False))
def test_beam_search_needs_the_prefixes_of_all_but_one_step(example):
    """Of a fixed length T, num_beams = vocabulary^(T − 1) is as good as exhaustive"""
    tensors, options = example
    enough = tensors[0].shape[2] ** (options["steps"] - 1)
    _, scores = beam_search(*tensors, num_beams=enough, **options)
    assert_equal(scores[:, 0], exhaustive_search(*tensors, **options)[1])


@given(beams(fractions))
def test_beam_search_scores_are_of_the_sequences(example):
    """score = log p(tokens) / length^α, each that of the sequence it comes with"""
    tensors, options = example
    options["length_penalty"] = 1.0
    tokens, scores = beam_search(*tensors, **options)
    lengths = lengths_of(tokens, options["eos"], count_eos=options["count_eos"])
    for beam in range(tokens.shape[1]):
        sums = sequence_log_prob(*tensors, tokens[:, beam], eos=options["eos"])
        right = length_normalized(sums, lengths[:, beam], length_penalty=1.0)
        assert_equal(scores[:, beam], right)


@given(beams(fractions))
def test_beam_search_results_differ(example):
    """No sequence twice, as many as there are beams, eos to the end after an eos"""
    tensors, options = example
    tokens, _ = beam_search(*tensors, **options)
    for rows in tokens.tolist():
        assert len({*map(tuple, rows)}) == len(rows) <= options["num_beams"]
    is_eos = tokens == options["eos"]
    assert (is_eos[..., 1:] >= is_eos[..., :-1]).all()


@given(beams(fractions))
def test_beam_search_gives_the_best_first(example):
    """Scores do not increase"""
    tensors, options = example
    _, scores = beam_search(*tensors, **options)
    assert (scores[:, 1:] <= scores[:, :-1]).all()


# --- algebra, bounds


@given(beams(sixteenths))
def test_beam_search_is_bounded_by_exhaustive_search(example):
    """No beam's score is above the best of all"""
    tensors, options = example
    _, scores = beam_search(*tensors, **options)
    del options["num_beams"]
    assert (scores[:, 0] <= exhaustive_search(*tensors, **options)[1]).all()


@given(tables(fractions, ends=False), st.integers(1, 4), st.integers(-3, 3))
def test_beam_search_is_equivariant_under_shifts(example, k, c):
    """The same number more for all tokens, at every step: the same sequences"""
    (table, states), options = example
    left = beam_search(table + c, states, num_beams=k, **options)
    right = beam_search(table, states, num_beams=k, **options)
    assert_equal(left[0], right[0])
    assert_equal(left[1], right[1] + c * options["steps"])


@given(beams(fractions), st.integers(1, 3))
def test_beam_search_is_homogeneous(example, a):
    """Another base of the logarithms: the same sequences, scores a times as large"""
    (table, states), options = example
    options["length_penalty"] = 0.0
    left = beam_search(a * table, states, **options)
    right = beam_search(table, states, **options)
    assert_equal(left[0], right[0])
    assert_equal(left[1], a * right[1])


@given(tables(fractions), st.integers(1, 4), st.integers(1, 3))
def test_beam_search_of_equal_lengths_is_ranked_by_the_sums(example, k, a):
    """Without eos all sequences are as long: a penalty scales, and changes no rank"""
    tensors, options = example
    options |= {"eos": None, "num_beams": k}
    left = beam_search(*tensors, length_penalty=a, **options)
    right = beam_search(*tensors, **options)
    assert_equal(left[0], right[0])
    assert_equal(left[1] * options["steps"] ** a, right[1])


# --- invariances


@given(beams(sixteenths))
def test_beam_search_of_a_batch_is_that_of_each(example):
    """What else is in the batch does not matter"""
    (table, states), options = example
    every = beam_search(table, states, **options)
    for b in range(len(table)):
        one = beam_search(table[b : b + 1], states[b : b + 1], **options)
        assert_equal(one[0], every[0][b : b + 1])
        assert_equal(one[1], every[1][b : b + 1])


@given(beams(sixteenths), st.integers(0, 2))
def test_beam_search_is_invariant_under_renaming_of_states(example, shift):
    """States but the first may be called by other numbers"""
    (table, states), options = example
    order = np.append(0, 1 + np.roll(np.arange(table.shape[1] - 1), shift))
    renamed = np.argsort(order)[states[:, order]]
    left = beam_search(table[:, order], renamed, **options)
    right = beam_search(table, states, **options)
    assert_equal(left[0], right[0])
    assert_equal(left[1], right[1])


@given(tables(fractions), st.integers(1, 4))
def test_greedy_search_is_causal(example, more):
    """More steps go on from what fewer found"""
    tensors, options = example
    steps = options.pop("steps")
    left, _ = greedy_search(*tensors, steps=steps + more, **options)
    assert_equal(left[:, :steps], greedy_search(*tensors, steps=steps, **options)[0])


# --- special cases


def ended_early(num_beams, **options):
    """Token 0 ends; after 1 come 0 and 1, with −1 and −4, for ever."""
    table = np.array([[[-2.0, -1.5], [-1.0, -4.0]]])
    states = np.array([[[0, 1], [0, 1]]])
    return beam_search(table, states, steps=3, num_beams=num_beams, eos=0, **options)


def test_beam_search_keeps_what_has_ended():
    """[0] ends with −2 and stays: [1, 0] has −2.5; [1, 1, 0] and [1, 1, 1] are worse"""
    tokens, scores = ended_early(3)
    assert_equal(tokens[0], np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0]]))
    assert_equal(scores[0], np.array([-2.0, -2.5, -6.5]))


def test_beam_search_length_penalty_favours_long_sequences():
    """By the mean: [1, 0] has −1.25, [0] has −2; without eos in lengths −2.5, −2"""
    tokens, scores = ended_early(3, length_penalty=1.0)
    assert_equal(tokens[0, :2], np.array([[1, 0, 0], [0, 0, 0]]))
    assert_equal(scores[0, :2], np.array([-1.25, -2.0]))
    _, scores = ended_early(3, length_penalty=1.0, count_eos=False)
    assert_equal(scores[0], np.array([-2.0, -2.5, -3.25]))


def test_beam_search_is_not_monotone_in_the_width():
    """Two beams end worse than one: 1 2, the better after two steps, leads nowhere"""
    start = np.array([[0.2, 0.3, 0.5]])
    transition = np.array([[[0.3, 0.4, 0.3], [0.1, 0.1, 0.8], [0.4, 0.2, 0.4]]])
    table = markov_chain(np.log(start), np.log(transition))
    (one,), (p,) = (x[0] for x in beam_search(*table, steps=4, num_beams=1))
    (two, _), (q, _) = (x[0] for x in beam_search(*table, steps=4, num_beams=2))
    assert (one.tolist(), two.tolist()) == ([2, 0, 1, 2], [1, 2, 0, 1])
    assert [f"{np.exp(log_p):.4f}" for log_p in (p, q)] == ["0.0640", "0.0384"]


def test_greedy_search_is_not_always_the_best():
    """A B C eos, 0.5 · 0.4 · 0.4 · 0.6, is found; A C B eos, 0.5 · 0.3 · 0.6 · 0.6, is
    there, and so is A eos, 0.5 · 0.2
    """
    a, b, c, eos = range(4)
    rows = [[5, 2, 2, 1], [1, 4, 3, 2], [2, 2, 4, 2], [0, 2, 2, 6]]
    rows += [[1, 6, 2, 1], [2, 1, 1, 6]]
    table = np.log(np.maximum(np.array([rows]) / 10, 1e-9))
    states = np.zeros((1, 6, 4), np.int64)
    states[0, [0, 1, 2, 1, 4], [a, b, c, c, b]] = 1, 2, 3, 4, 5
    found, score = greedy_search(table, states, steps=4, eos=eos)
    best, _ = exhaustive_search(table, states, steps=4, eos=eos)
    better = sequence_log_prob(table, states, np.array([[a, c, b, eos]]), eos=eos)
    assert_equal(found[0], np.array([a, b, c, eos]))
    assert_equal(best[0], np.array([a, eos, eos, eos]))
    assert [f"{np.exp(y[0]):.3f}" for y in (score, better)] == ["0.048", "0.054"]


def test_beam_search_of_ties_takes_the_better_beam_then_the_lower_token():
    """All alike: 00, 01, 02; a tie at the end goes to the prefix that was ahead"""
    table, states = np.zeros((1, 1, 3)), np.zeros((1, 1, 3), np.int64)
    tokens, _ = beam_search(table, states, steps=2, num_beams=3)
    assert_equal(tokens[0], np.array([[0, 0], [0, 1], [0, 2]]))
    chain = markov_chain(np.array([[-2.0, -1.0]]), np.array([[[-1.0, -5], [-2, -2]]]))
    tokens, scores = beam_search(*chain, steps=2, num_beams=3)
    assert_equal(tokens[0], np.array([[1, 0], [1, 1], [0, 0]]))
    assert_equal(scores[0], np.full(3, -3.0))


# --- gradients


@given(tables(fractions), st.integers(1, 3))
def test_beam_search_gradient_goes_to_what_was_taken(example, k):
    """The gradient is that of the sequences' log-probabilities"""
    (table, states), options = example
    tokens, scores = beam_search(table, states, num_beams=k, **options)
    weights = np.arange(1, 1 + scores.size).reshape(scores.shape).astype(object)

    def search(table):
        return beam_search(table, states, num_beams=k, **options)[1]

    def reread(table):
        eos, columns = options["eos"], tokens.transpose(1, 0, 2)
        sums = [sequence_log_prob(table, states, row, eos=eos) for row in columns]
        return np.stack(sums, 1)

    left, right = (gradient(f, [table], weights)[0] for f in (search, reread))
    assert_equal(left, right)


def test_beam_search_of_no_tables_has_no_beams():
    """tokens (0, 0, steps), scores (0, 0)"""
    table = np.zeros((0, 1, 2))
    found = beam_search(table, table.astype(np.int64), steps=3, num_beams=2)
    assert [part.shape for part in found] == [(0, 0, 3), (0, 0)]


def test_greedy_search_ends_at_a_token_of_a_large_vocabulary():
    """eos is token 299 of 300: one step, and zeros no further"""
    table = np.eye(300)[299].reshape(1, 1, 300)
    tokens, scores = greedy_search(table, table.astype(int) * 0, steps=3, eos=299)
    assert_equal(tokens, np.full((1, 3), 299))
    assert_equal(scores, np.ones(1))


# --- errors


@pytest.mark.parametrize("options", [{"steps": 0}, {"num_beams": 0}, {"eos": 2}])
def test_beam_search_rejects_options(options):
    """At least a step and a beam, and an eos that is a token"""
    table, states = np.zeros((1, 1, 2)), np.zeros((1, 1, 2), np.int64)
    (name,) = options
    with pytest.raises(ValueError, match=f"{name} is"):
        beam_search(table, states, **{"steps": 1, "num_beams": 1, **options})


@pytest.mark.parametrize(("shape", "name"), [((1, 0, 2), "states"), ((1, 1, 0), "voc")])
def test_beam_search_rejects_tables_of_nothing(shape, name):
    """At least a state and a token"""
    table, states = np.zeros(shape), np.zeros(shape, np.int64)
    with pytest.raises(ValueError, match=f"{name}.* is 0"):
        beam_search(table, states, steps=1, num_beams=1, eos=0)


# --- agreement


@given(tables(log_numbers, sizes=TABLES))
def test_greedy_search_agrees_with_backend(backend, example):
    """The backend takes the same tokens, and is as close as its precision promises."""
    tensors, options = example
    agree(backend, greedy_search, *tensors, **options)


@given(tables(quarters, sizes=TABLES))
def test_greedy_search_of_ties_agrees_with_backend(backend, example):
    """The backend takes the lowest of tokens that are as probable."""
    tensors, options = example
    agree_exactly(backend, greedy_search, *tensors, **options)


@given(beams(log_numbers, sizes=TABLES))
def test_beam_search_agrees_with_backend(backend, example):
    """The backend finds the same beams, and is as close as its precision promises."""
    tensors, options = example
    agree(backend, beam_search, *tensors, **options)


@given(beams(quarters, sizes=TABLES, penalties=EXACT))
def test_beam_search_of_ties_agrees_with_backend(backend, example):
    """The backend keeps the better beam's, then the lower token, of equals."""
    tensors, options = example
    agree_exactly(backend, beam_search, *tensors, **options)
