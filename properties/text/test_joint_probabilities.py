"""The laws of reference/text/joint_probabilities.py, then agreement with backends."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import codes, fractions, interior, positive, whole_numbers
from reference.search.next_token_tables import markov_chain
from reference.text.counts import additive_smoothing, n_gram_counts
from reference.text.joint_probabilities import (
    chain_rule,
    markov_approximation,
    markov_probability,
)

# --- strategies

SHAPES = ((1, 33), (2,), (2, 3), (3, 2, 2), (2, 2, 2, 2), (33, 2), (1,), (3, 1, 2))


@st.composite
def joints(draw, elements):
    """A joint probability, but for a factor, and an order of its variables."""
    shape = SHAPES[draw(st.integers(0, len(SHAPES) - 1))]
    order = draw(st.permutations(range(len(shape))))
    return draw(elements(shape)), {"order": order}


@st.composite
def distributions(draw, shapes=SHAPES[1:5]):
    """A joint probability of Fractions, all above 0, that sum to 1."""
    weights = abs(draw(st.sampled_from(shapes).flatmap(fractions))) + 1
    return weights / weights.sum()


@st.composite
def chains(draw, elements, taus=(0, 2), lengths=range(7)):
    """Tensors of a Markov model that looks tau tokens back, and sequences for it."""
    tau, vocabulary, length, batch = draw(
        whole_numbers(taus, (1, 4), (0, len(lengths) - 1), (0, 3))
    )
    steps = max(tau, lengths[length])
    start = np.asarray(draw(elements((vocabulary,) * tau)))
    transition = draw(elements((vocabulary,) * (tau + 1)))
    tokens = draw(codes((batch, steps))).astype(np.int64) % vocabulary
    return start, transition, tokens


def likely(shape):
    """Probabilities; some are 0, and a product of six others does not underflow."""
    return interior(shape).map(lambda x: np.where(x > 0.8, 0, 1 - 0.8 * x))


def certain(shape):
    """Probabilities a product of 65 of which does not underflow."""
    return interior(shape).map(lambda x: 1 - x / 10)


@st.composite
def models(draw):
    """A Markov model of Fractions: start sums to 1, transitions by their last axis."""
    start, transition, _ = draw(chains(fractions))
    start, transition = abs(start) + 1, abs(transition) + 1
    start = np.asarray(start / np.sum(start))
    return start, transition / transition.sum(-1, keepdims=True)


def sequences(vocabulary, steps):
    every = itertools.product(range(vocabulary), repeat=steps)
    return np.array([*every], np.int64).reshape(vocabulary**steps, steps)


def joint_of(start, transition, steps):
    """The joint probability of all sequences of a Markov model, one axis per token."""
    vocabulary = len(transition)
    every = sequences(vocabulary, steps)
    y = markov_probability(start, transition, every)
    return y.reshape((vocabulary,) * steps)


def summed(joint, axes):
    return np.asarray(joint.sum(axis=tuple(axes), keepdims=True), object)


# --- identities


@given(distributions(), st.randoms(use_true_random=False))
def test_chain_rule_makes_the_joint_in_any_order(joint, random):
    """Π_k y[k] = joint: forwards, backwards, or however variables are ordered"""
    axes = range(joint.ndim)
    for order in ([*axes], [*reversed(axes)], random.sample(axes, joint.ndim)):
        assert_equal(chain_rule(joint, order=order).prod(0), joint)


@given(joints(fractions))
def test_chain_rule_makes_conditional_distributions(example):
    """Σ over x_{o_k} of y[k] = 1; y[k] does not depend on variables behind o_k"""
    joint, options = example
    joint = (abs(joint) + 1) / (abs(joint) + 1).sum()
    y = chain_rule(joint, **options)
    for k, axis in enumerate(options["order"]):
        assert (summed(y[k], [axis]) == 1).all()
        behind = options["order"][k + 1 :]
        assert (y[k] == y[k].max(axis=tuple(behind), keepdims=True)).all()


@given(models())
def test_markov_probability_sums_to_one_over_all_sequences(model):
    """Σ p(x_1, …, x_T) = 1, for every T ≥ tau"""
    start, transition = model
    for steps in range(start.ndim, 4):
        assert joint_of(start, transition, steps).sum() == 1


@given(models())
def test_markov_probability_of_prefixes_is_the_marginal(model):
    """p(x_1, …, x_{T − 1}) = Σ_{x_T} p(x_1, …, x_T)"""
    start, transition = model
    steps = start.ndim + 1
    longer = joint_of(start, transition, steps + 1)
    assert_equal(longer.sum(-1), joint_of(start, transition, steps))


@given(models())
def test_markov_probability_has_the_markov_property(model):
    """p(x_T | x_1, …, x_{T − 1}) = transition[x_{T − tau}, …, x_T], whatever x_1 is"""
    start, transition = model
    steps = start.ndim + 2
    factors = chain_rule(joint_of(start, transition, steps), order=[*range(steps)])
    assert_equal(factors[-1], np.broadcast_to(transition, factors[-1].shape))


# --- algebra


@given(joints(fractions), st.integers(2, 5))
def test_chain_rule_is_homogeneous_in_its_first_factor_alone(example, a):
    """y[0] of a · joint is a · y[0]; the conditional ones do not change"""
    joint, options = example
    joint = abs(joint) + 1
    left, right = chain_rule(a * joint, **options), chain_rule(joint, **options)
    assert_equal(left[0], a * right[0])
    assert_equal(left[1:], right[1:])


@given(distributions(), st.integers(0, 3))
def test_markov_approximation_is_idempotent(joint, tau):
    """What looks tau steps back already is not changed; it sums to 1"""
    once = markov_approximation(joint, tau=tau)
    assert once.sum() == 1
    assert_equal(markov_approximation(once, tau=tau), once)


@given(distributions(), st.integers(0, 3))
def test_markov_approximation_keeps_what_it_looks_at(joint, tau):
    """p(x_t, …, x_{t + tau}) are as they were, however far back joint looks"""
    y = markov_approximation(joint, tau=tau)
    for t in range(max(1, joint.ndim - tau)):
        others = {*range(joint.ndim)} - {*range(t, t + tau + 1)}
        assert_equal(summed(y, others), summed(joint, others))


@given(chains(fractions))
def test_markov_probability_is_a_product_over_a_cut(chain):
    """p(x_1, …, x_T) = p(x_1, …, x_t) · p(x_{t + 1}, … | the last tau before them)"""
    start, transition, tokens = chain
    ones = np.ones(start.shape, object)
    for t in range(start.ndim, tokens.shape[1]):
        left = markov_probability(start, transition, tokens[:, :t])
        rest = markov_probability(ones, transition, tokens[:, t - start.ndim :])
        assert_equal(left * rest, markov_probability(start, transition, tokens))


# --- invariances


@given(chains(fractions), st.randoms(use_true_random=False))
def test_markov_probability_of_unigrams_is_invariant_under_permutations(chain, random):
    """p(x_1) … p(x_T): the order of tokens does not matter, with tau = 0"""
    _, transition, tokens = chain
    unigrams = transition.reshape(-1, transition.shape[-1])[0]
    order = random.sample(range(tokens.shape[1]), tokens.shape[1])
    one = np.array(Fraction(1), object)
    left = markov_probability(one, unigrams, tokens[:, order])
    assert_equal(left, markov_probability(one, unigrams, tokens))


# --- special cases


@given(distributions())
def test_markov_approximation_of_all_steps_is_exact(joint):
    """tau ≥ T − 1 forgets nothing"""
    for tau in (joint.ndim - 1, joint.ndim):
        assert_equal(markov_approximation(joint, tau=tau), joint)


@given(distributions())
def test_markov_approximation_of_none_makes_tokens_independent(joint):
    """tau = 0: Π_t p(x_t)"""
    axes = {*range(joint.ndim)}
    right = math.prod(summed(joint, axes - {t}) for t in axes)
    assert_equal(markov_approximation(joint, tau=0), right)


@given(distributions(shapes=((2, 2), (3, 3), (1, 1))))
def test_markov_approximation_of_a_chain_is_its_probability(pair):
    """p(x_1) p(x_2 | x_1) p(x_3 | x_2), with what two tokens in a row say of it"""
    start, transition = pair.sum(-1), chain_rule(pair, order=[0, 1])[1]
    joint = joint_of(start, transition, 3)
    assert_equal(markov_approximation(joint, tau=1), joint)
    assert_equal(joint.sum(-1), pair)


@given(chains(fractions, taus=(1, 1)))
def test_markov_probability_is_what_a_search_adds_up(chain):
    """p = Π of what the table of `markov_chain` has along its states"""
    start, transition, tokens = chain
    table, states = markov_chain(start[None], transition[None])
    for x, p in zip(tokens, markov_probability(start, transition, tokens)):
        at = [0, *(states[0, 0, v] for v in x[:-1])]
        assert p == math.prod(table[0, s, v] for s, v in zip(at, x))


def test_markov_probability_of_pairs_by_counts():
    """The notes' p(x, x') = n(x) / n · n(x, x') / n(x): "a b a b" has p(a, b) = ½"""
    corpus, one = np.array([0, 1, 0, 1]), Fraction(1)
    counts = (n_gram_counts(corpus, n=n, vocabulary=2) * one for n in (1, 2))
    start, transition = map(additive_smoothing, counts)
    pairs = np.array([[0, 1], [1, 0], [0, 0]])
    left = markov_probability(start, transition, pairs)
    assert [*left] == [Fraction(1, 2), Fraction(1, 2), 0]


# --- the notes, corrected


def test_chain_rule_backwards_conditions_on_what_is_behind():
    """The notes: p(x_T) p(x_{T−1} | x_T) … p(x_1 | x_1, …, x_{T−1}), which sums to 2

    A variable, given itself, is certain: the last factor is 1, and x_1 is free.
    """
    joint = np.array([[Fraction(1, 2), Fraction(1, 4)], [Fraction(1, 8)] * 2])
    backwards = chain_rule(joint, order=[1, 0])
    claimed = backwards[0]
    assert claimed.sum() == 2
    assert_equal(backwards.prod(0), joint)
    assert backwards.prod(0).sum() == 1


# --- errors


@pytest.mark.parametrize("order", [[0], [0, 0], [1, 2], []])
def test_chain_rule_rejects_an_order_that_is_none(order):
    with pytest.raises(ValueError, match="it must name each axis"):
        chain_rule(np.ones((2, 2)), order=order)


def test_markov_approximation_rejects_a_negative_tau_and_no_variables():
    with pytest.raises(ValueError, match="tau is -1"):
        markov_approximation(np.ones(2), tau=-1)
    with pytest.raises(ValueError, match="variables is 0"):
        markov_approximation(np.ones(()), tau=0)


@pytest.mark.parametrize(
    "shapes",
    [([2], [2]), ([2], [3, 3]), ([3], [3, 2]), ([2], [2, 3]), ([], []), ([], [2, 2])],
)
def test_markov_probability_rejects_shapes_that_do_not_fit(shapes):
    with pytest.raises(ValueError, match="start and transition have shapes"):
        markov_probability(*map(np.ones, shapes), np.zeros((1, 2), int))


@pytest.mark.parametrize("tokens", [[[0, 2]], [[-1, 0]], [[]]])
def test_markov_probability_rejects_tokens_that_there_are_not(tokens):
    with pytest.raises(ValueError, match="there must be 1 steps, of 2 tokens"):
        markov_probability(np.ones(2), np.ones((2, 2)), np.array(tokens, int))


# --- agreement


@given(joints(positive))
def test_chain_rule_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, chain_rule, example[0], **example[1])


@given(joints(positive), st.integers(0, 4))
def test_markov_approximation_agrees_with_backend(backend, example, tau):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, markov_approximation, example[0], tau=tau)


@given(chains(likely))
def test_markov_probability_agrees_with_backend(backend, chain):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, markov_probability, *chain)


@given(chains(certain, lengths=(33, 65, 2, 34)))
def test_markov_probability_of_many_steps_agrees_with_backend(backend, chain):
    """Sequences longer than a vector."""
    agree(backend, markov_probability, *chain)
