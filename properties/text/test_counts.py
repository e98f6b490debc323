"""The laws of reference/text/counts.py, then its agreement with backends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import codes, whole_numbers
from reference.text.counts import additive_smoothing, n_gram_counts, tokens_by_frequency

# --- strategies

LENGTHS = (33, 0, 1, 2, 5, 9, 65, 129)


@st.composite
def corpora(draw, vocabularies=(3, 1, 2, 4, 5)):
    """Ids of tokens, and how many tokens there are."""
    length, size = draw(whole_numbers((0, 7), (0, len(vocabularies) - 1)))
    corpus = draw(codes((LENGTHS[length],))).astype(np.int64)
    return corpus % vocabularies[size], vocabularies[size]


MANY = (3, 33, 1, 2, 65, 5)
"""Vocabularies, some larger than a vector."""


@st.composite
def histories(draw, dtype=np.float64):
    """Counts of next tokens, one or two axes of histories before them."""
    axes, rows, size = draw(whole_numbers((0, 2), (1, 3), (0, 6)))
    shape = (*(rows, 2)[:axes], (3, 1, 33, 2, 65, 4, 5)[size])
    return draw(codes(shape)).astype(dtype)


GAMMAS = st.sampled_from([0.5, 1.0, 0.125, 0.1, 3.0, 0.0])


def exact(counts):
    return np.vectorize(Fraction, otypes=[object])(counts.astype(int))


def estimated(corpus, n, vocabulary):
    """The maximum-likelihood n-gram model: fractions, without a zero history."""
    counts = exact(n_gram_counts(corpus, n=n, vocabulary=vocabulary))
    return counts, additive_smoothing(counts + (counts.sum(-1, keepdims=True) == 0))


# --- identities


@given(corpora(), st.integers(1, 3))
def test_n_gram_counts_add_up_to_the_number_of_places(example, n):
    """Σ y = max(0, length − n + 1)"""
    corpus, vocabulary = example
    counts = n_gram_counts(corpus, n=n, vocabulary=vocabulary)
    assert counts.sum() == max(0, len(corpus) - n + 1)


@given(corpora(), st.integers(1, 3))
def test_n_gram_counts_are_those_of_shorter_ones_up_to_the_ends(example, n):
    """Σ_v y[…, v] = (n-1)-grams but the last; Σ_v y[v, …] all but the first"""
    corpus, vocabulary = example
    counts = n_gram_counts(corpus, n=n + 1, vocabulary=vocabulary)
    options = {"n": n, "vocabulary": vocabulary}
    assert_equal(counts.sum(-1), n_gram_counts(corpus[:-1], **options))
    assert_equal(counts.sum(0), n_gram_counts(corpus[1:], **options))


@given(corpora())
def test_tokens_by_frequency_has_the_unigram_counts(example):
    """counts[i] = y[tokens[i]], for n = 1; a token that never comes is left out"""
    corpus, vocabulary = example
    tokens, counts = tokens_by_frequency(corpus)
    every = n_gram_counts(corpus, n=1, vocabulary=vocabulary)
    assert_equal(every[tokens], counts)
    assert counts.sum() == len(corpus)


@given(histories(), st.sampled_from([0, 1, Fraction(1, 3)]))
def test_additive_smoothing_sums_to_one(counts, gamma):
    """Σ_v y[…, v] = 1, where a history was counted, or gamma is above 0"""
    counts = exact(counts)
    counts[..., 0] += gamma == 0
    y = additive_smoothing(counts, gamma=gamma)
    assert np.all(y.sum(-1) == 1)


@given(histories())
def test_additive_smoothing_is_a_mean_of_the_estimate_and_a_guess(counts):
    """y = (1 − s) · counts / total + s / V,  s = gamma · V / (total + gamma · V)"""
    counts = exact(counts) + 1
    share = Fraction(counts.shape[-1]) / (
        counts.sum(-1, keepdims=True) + counts.shape[-1]
    )
    guess = share / counts.shape[-1]
    right = (1 - share) * additive_smoothing(counts) + guess
    assert_equal(additive_smoothing(counts, gamma=1), right)


# --- algebra


@given(corpora(), st.integers(1, 3))
def test_n_gram_counts_do_not_increase_under_extension(example, n):
    """n(v_1, …, v_n, v_{n + 1}) ≤ n(v_1, …, v_n), and n(v_2, …, v_{n + 1})"""
    corpus, vocabulary = example
    longer = n_gram_counts(corpus, n=n + 1, vocabulary=vocabulary)
    shorter = n_gram_counts(corpus, n=n, vocabulary=vocabulary)
    assert (longer <= shorter[..., None]).all()
    assert (longer <= shorter).all()


@given(corpora(), st.integers(0, 4))
def test_tokens_by_frequency_is_sorted_and_monotone_in_min_freq(example, min_freq):
    """Counts do not increase; a higher min_freq is a shorter prefix"""
    tokens, counts = tokens_by_frequency(example[0])
    kept, frequent = tokens_by_frequency(example[0], min_freq=min_freq)
    assert (np.diff(counts) <= 0).all()
    assert_equal(kept, tokens[counts >= min_freq])
    assert_equal(frequent, counts[counts >= min_freq])


# --- invariances


@given(corpora(), st.randoms(use_true_random=False))
def test_additive_smoothing_of_unigrams_forgets_the_order(example, random):
    """p(x_1) … p(x_T), n(x) / n each, does not depend on the order of the corpus"""
    corpus, vocabulary = example
    shuffled = np.array(random.sample([*corpus], len(corpus)), np.int64)
    left, right = (estimated(c, 1, vocabulary)[1] for c in (corpus, shuffled))
    assert_equal(left, right)
    assert left.sum() == 1


@given(corpora())
def test_n_gram_counts_are_reversed_with_the_corpus(example):
    """n(v_2, v_1) of the reversed corpus = n(v_1, v_2)"""
    corpus, vocabulary = example
    options = {"n": 2, "vocabulary": vocabulary}
    left = n_gram_counts(corpus[::-1], **options)
    assert_equal(left, n_gram_counts(corpus, **options).T)


# --- special cases


@given(corpora())
def test_additive_smoothing_of_bigrams_makes_the_corpus_likeliest(example):
    """Π p(x' | x)^n(x, x') is not greater for another model of next tokens"""
    corpus, vocabulary = example
    counts, best = estimated(corpus[:9], 2, vocabulary)
    other = additive_smoothing(counts, gamma=1)
    left = np.prod(best ** counts.astype(int))
    assert left >= np.prod(other ** counts.astype(int))
    assert (best[counts > 0] > 0).all()


@given(histories())
def test_additive_smoothing_leaves_no_token_impossible(counts):
    """gamma > 0: 0 < y ≤ 1, and a more frequent token is likelier"""
    counts = exact(counts)
    y = additive_smoothing(counts, gamma=Fraction(1, 4))
    assert ((y > 0) & (y <= 1)).all()
    assert ((np.diff(y) > 0) == (np.diff(counts) > 0)).all()


def test_additive_smoothing_of_nothing_is_not_a_number():
    """0 / 0 without smoothing, 1 / V with it"""
    with np.errstate(invalid="ignore"):
        assert_equal(additive_smoothing(np.zeros((1, 2))), np.full((1, 2), np.nan))
    assert_equal(additive_smoothing(np.zeros((1, 2)), gamma=1.0), np.full((1, 2), 0.5))


def test_tokens_by_frequency_lists_equals_as_they_appear():
    """2 and 0 come twice each, 2 first; 1 comes once"""
    tokens, counts = tokens_by_frequency(np.array([2, 1, 0, 0, 2]))
    assert_equal(tokens, np.array([2, 0, 1]))
    assert_equal(counts, np.array([2, 2, 1]))


# --- the notes, corrected


def test_additive_smoothing_divides_by_histories():
    """The notes: n(x, x') / n(x). The last a of "a b a" has no successor: Σ = ½"""
    corpus = np.array([0, 1, 0])
    pairs, best = estimated(corpus, 2, 2)
    single = n_gram_counts(corpus, n=1, vocabulary=2)
    assert [Fraction(k, 2) for k in pairs[0]] == [0, Fraction(1, 2)]
    assert single[0] == 2
    assert pairs[0].sum() / single[0] == Fraction(1, 2)
    assert best[0].sum() == 1


def test_n_gram_counts_of_pairs_make_a_bigram_model():
    """The notes: unigrams, n(x_1, x_2) / x_1. These are bigrams, and it is / n(x_1)

    "b b b b": all that is next is b, with probability 1, though x_1 = 1 and n = 3.
    """
    corpus = np.array([1, 1, 1, 1])
    pairs, best = estimated(corpus, 2, 2)
    assert pairs[1, 1] / corpus[0] == 3
    assert best[1, 1] == 1


# --- errors


@pytest.mark.parametrize("token", [-1, 3])
def test_n_gram_counts_rejects_a_token_that_there_is_not(token):
    with pytest.raises(ValueError, match="there are 3 tokens"):
        n_gram_counts(np.array([0, token]), n=2, vocabulary=3)


@pytest.mark.parametrize("name", ["n", "vocabulary"])
def test_n_gram_counts_rejects_numbers_below_one(name):
    with pytest.raises(ValueError, match=f"{name} is 0"):
        n_gram_counts(np.array([], int), **{"n": 1, "vocabulary": 1, name: 0})


@pytest.mark.parametrize("shape", [(), (2, 2)])
def test_tokens_by_frequency_rejects_what_is_no_sequence(shape):
    for call in (tokens_by_frequency, lambda x: n_gram_counts(x, n=1, vocabulary=1)):
        with pytest.raises(ValueError, match="corpus has shape"):
            call(np.zeros(shape, int))


def test_additive_smoothing_rejects_no_tokens_and_a_negative_gamma():
    for shape in [(), (2, 0)]:
        with pytest.raises(ValueError, match="there must be a token"):
            additive_smoothing(np.zeros(shape), gamma=1.0)
    for gamma in (-0.5, np.nan):
        with pytest.raises(ValueError, match="gamma is"):
            additive_smoothing(np.ones(2), gamma=gamma)


# --- agreement


@given(corpora(MANY), st.integers(0, 3))
def test_tokens_by_frequency_agrees_with_backend(backend, example, min_freq):
    """The backend has the same tokens and counts, in the same order."""
    agree(backend, tokens_by_frequency, example[0], min_freq=min_freq)


@given(st.sampled_from([129, 200, 65]).map(lambda n: (n,)).flatmap(codes))
def test_tokens_by_frequency_of_many_agrees_with_backend(backend, corpus):
    """More tokens than a vector has, most of them once or twice."""
    agree(backend, tokens_by_frequency, corpus.astype(np.int64), min_freq=1)


@given(corpora(MANY), st.integers(1, 2))
def test_n_gram_counts_agrees_with_backend(backend, example, n):
    """The backend has the same counts."""
    agree(backend, n_gram_counts, example[0], n=n, vocabulary=example[1])


@given(corpora(), st.integers(3, 4))
def test_n_gram_counts_of_many_in_a_row_agrees_with_backend(backend, example, n):
    """Three and four axes."""
    agree(backend, n_gram_counts, example[0], n=n, vocabulary=example[1])


@given(histories(), GAMMAS)
def test_additive_smoothing_agrees_with_backend(backend, counts, gamma):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, additive_smoothing, counts, gamma=gamma)
