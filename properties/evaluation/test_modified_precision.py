"""The laws of reference/modified_precision.py, then its agreement with the backends."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.arithmetic.bounded import bounded
from properties.evaluation.strategies import against, alone, corpora, sequences
from properties.strategies import codes, whole_numbers
from reference.evaluation.modified_precision import (
    brevity_penalty,
    effective_reference_length,
    modified_precision,
)

# --- strategies

ORDERS = st.integers(1, 4)
LABEL, PRED = np.arange(6), np.array([0, 1, 1, 2, 3])
"""The notes' A B C D E F and A B B C D."""


@st.composite
def lengths(draw):
    """Whole numbers, as floating ones: for each candidate, and for its references."""
    batch, references = draw(whole_numbers((0, 3), (1, 4)))
    drawn = draw(codes((batch, 1 + references))) % 9.0
    return drawn[:, 0], drawn[:, 1:]


# --- n-grams: identities, algebra


@given(sequences(), ORDERS)
def test_modified_precision_is_an_intersection_of_multisets(example, n):
    """matches = |n-grams of pred ∩ n-grams of label|, counted with multiplicity"""
    grams = [Counter(zip(*(row[i:].tolist() for i in range(n)))) for row in example]
    matches, counts = modified_precision(*against(*example), n=n)
    assert_equal(matches, np.array([(grams[0] & grams[1]).total()]))
    assert_equal(counts, np.array([grams[0].total()]))


@given(sequences(), ORDERS)
def test_modified_precision_is_commutative_in_its_matches(example, n):
    """p_n(pred, label) · #pred = p_n(label, pred) · #label"""
    left, _ = modified_precision(*against(*example), n=n)
    right, _ = modified_precision(*against(*example[::-1]), n=n)
    assert_equal(left, right)


@given(corpora(), ORDERS)
def test_modified_precision_is_bounded_by_one(example, n):
    """0 ≤ matches ≤ counts = max(length − n + 1, 0)"""
    matches, counts = modified_precision(*example, n=n)
    assert_equal(counts, np.maximum(example[1] - n + 1, 0))
    assert (matches >= 0).all()
    assert (matches <= counts).all()


@given(corpora(), ORDERS)
def test_modified_precision_is_monotone_in_the_order(example, n):
    """A longer n-gram matches only where its parts do: matches_{n+1} ≤ matches_n"""
    longer, _ = modified_precision(*example, n=n + 1)
    assert (longer <= modified_precision(*example, n=n)[0]).all()


@given(corpora(), ORDERS)
def test_modified_precision_is_monotone_in_the_references(example, n):
    """With a reference more, no n-gram matches less often"""
    fewer = *example[:2], example[2][:, 1:], example[3][:, 1:]
    if fewer[2].shape[1]:
        left, _ = modified_precision(*fewer, n=n)
        assert (left <= modified_precision(*example, n=n)[0]).all()


# --- n-grams: invariances


@given(corpora(), ORDERS)
def test_modified_precision_is_invariant_under_renaming_of_tokens(example, n):
    """p_n(f(pred), f(label)) = p_n(pred, label), if f is one to one"""
    candidates, lens, references, reference_lens = example
    renamed = 5 - 3 * candidates, lens, 5 - 3 * references, reference_lens
    left = modified_precision(*renamed, n=n)
    for a, b in zip(left, modified_precision(*example, n=n)):
        assert_equal(a, b)


@given(sequences(), ORDERS)
def test_modified_precision_is_invariant_under_reversal(example, n):
    """p_n of both backwards = p_n"""
    pred, label = example
    left = modified_precision(*against(pred[::-1], label[::-1]), n=n)
    assert_equal(left, modified_precision(*against(*example), n=n))


@given(sequences(), st.randoms(use_true_random=False))
def test_modified_precision_of_tokens_has_no_order(example, random):
    """p_1 is that of bags of words"""
    pred, label = example
    shuffled = np.array(random.sample([*pred], len(pred)), np.int64)
    left = modified_precision(*against(shuffled, label), n=1)
    assert_equal(left, modified_precision(*against(pred, label), n=1))


@given(corpora(), ORDERS, st.integers(1, 3))
def test_modified_precision_is_invariant_under_padding(example, n, more):
    """Tokens beyond a sentence's length are no tokens of it"""
    _, lens, _, reference_lens = example
    wider = [np.pad(s, [(0, 0)] * (s.ndim - 1) + [(0, more)]) for s in example[::2]]
    left = modified_precision(wider[0], lens, wider[1], reference_lens, n=n)
    assert_equal(left, modified_precision(*example, n=n))


# --- n-grams: special cases


def test_modified_precision_of_the_notes():
    """A B B C D against A B C D E F: 4/5, 3/4, 1/3, 0/2; the second B is clipped"""
    pairs = [modified_precision(*against(PRED, LABEL), n=n) for n in range(1, 5)]
    assert_equal(np.ravel(pairs), np.array([4, 5, 3, 4, 1, 3, 0, 2]))


def test_modified_precision_of_papineni():
    """the the the the the the the: 2/7, since no reference has three"""
    the, cat, is_, on, mat, there, a = range(7)
    references = [
        [the, cat, is_, on, the, mat, the],
        [there, is_, a, cat, on, the, mat],
    ]
    lens = np.array([[6, 7]])
    candidate = np.full(7, the)
    counts = modified_precision(*alone(candidate), np.array([references]), lens, n=1)
    assert_equal(np.ravel(counts), np.array([2, 7]))


# --- lengths


@given(lengths())
def test_brevity_penalty_is_one_for_long_candidates(example):
    """BP(c, r) = 1 ⇔ c ≥ r, if c > 0;  0 ≤ BP ≤ 1"""
    c, r = example[0], example[1][:, 0]
    y = brevity_penalty(c, r)
    assert_equal(y == 1, (c >= r) & (c > 0))
    assert ((y >= 0) & (y <= 1)).all()


@given(st.integers(0, 30), st.integers(0, 30))
def test_brevity_penalty_is_monotone_in_the_candidate(c, r):
    """BP(c, r) ≤ BP(c + 1, r)"""
    left, right = brevity_penalty(np.array([c, c + 1.0]), np.full(2, float(r)))
    assert left <= right


@given(lengths(), st.integers(1, 5))
def test_brevity_penalty_is_invariant_under_scaling(example, a):
    """BP(a c, a r) = BP(c, r)"""
    c, r = example[0], example[1][:, 0]
    left = brevity_penalty(bounded(a * c), bounded(a * r))
    assert_equal(left, brevity_penalty(bounded(c), bounded(r)))


def test_brevity_penalty_is_of_the_sum_of_lengths():
    """Of a corpus: BP(Σ c, Σ r), not a product or a mean of sentences' penalties"""
    c, r = np.array([2.0, 4.0]), np.array([4.0, 2.0])
    assert brevity_penalty(c.sum(), r.sum()) == 1
    assert brevity_penalty(c, r).tolist() == [np.exp(-1), 1]


@given(lengths())
def test_effective_reference_length_is_between_the_least_and_the_greatest(example):
    """min r ≤ shortest ≤ closest, average ≤ max r"""
    methods = ("shortest", "closest", "average")
    y = [effective_reference_length(*example, method=m) for m in methods]
    assert_equal(y[0], example[1].min(axis=1))
    assert all(((y[0] <= n) & (n <= example[1].max(axis=1))).all() for n in y)


@given(lengths())
def test_effective_reference_length_is_closest(example):
    """|closest − c| = min_r |r − c|, and one that is shorter is further off"""
    c, r = example
    y = effective_reference_length(c, r)
    off = abs(r - c[:, None])
    assert_equal(abs(y - c), off.min(axis=1))
    assert ((r >= y[:, None]) | (off > off.min(axis=1)[:, None])).all()


@given(lengths(), st.sampled_from(["closest", "shortest", "average"]))
def test_effective_reference_length_is_invariant_under_permutations(example, method):
    """Of references it does not matter which comes first"""
    c, r = example
    left = effective_reference_length(c, r[:, ::-1], method=method)
    assert_equal(left, effective_reference_length(c, r, method=method))


def test_effective_reference_length_of_a_tie_is_the_shorter():
    """12 words against 13 and 11: 11, so there is no penalty"""
    left = effective_reference_length(np.array([12.0]), np.array([[13.0, 11.0]]))
    assert_equal(left, np.array([11.0]))


def test_effective_reference_length_of_many_candidates():
    """Each has a reference of its own length"""
    lengths = np.arange(1.0, 301)
    left = effective_reference_length(lengths, lengths[:, None], method="closest")
    assert_equal(left, lengths)


# --- errors


def test_modified_precision_rejects_sentences_that_do_not_fit():
    """References for every candidate, and lengths within the padding"""
    candidates, lens, references, reference_lens = against(PRED, LABEL)
    with pytest.raises(ValueError, match=r"candidate_lens is \[6\]"):
        modified_precision(candidates, lens + 1, references, reference_lens, n=1)
    none = references[:, :0], reference_lens[:, :0]
    with pytest.raises(ValueError, match=r"reference_lens has shape \(1, 0\)"):
        modified_precision(candidates, lens, *none, n=1)
    with pytest.raises(ValueError, match=r"candidate_lens has shape \(1, 1\)"):
        modified_precision(candidates, lens[None], references, reference_lens, n=1)
    with pytest.raises(ValueError, match="n is 0"):
        modified_precision(candidates, lens, references, reference_lens, n=0)


def test_effective_reference_length_rejects_what_does_not_fit():
    """References for every candidate, and a method that there is"""
    c, r = np.zeros(2), np.zeros((2, 1))
    with pytest.raises(ValueError, match="is 'longest'"):
        effective_reference_length(c, r, method="longest")
    with pytest.raises(ValueError, match=r"reference_lens has shape \(2, 0\)"):
        effective_reference_length(c, r[:, :0])
    with pytest.raises(ValueError, match=r"candidate_lens and reference_lens have"):
        brevity_penalty(c, r)


# --- agreement


@given(corpora(), ORDERS)
def test_modified_precision_agrees_with_backend(backend, example, n):
    """The backend counts the same n-grams."""
    agree(backend, modified_precision, *example, n=n)


@given(lengths())
def test_brevity_penalty_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    c, r = example[0], example[1][:, 0]
    constant = ("candidate_lens", "reference_lens")
    agree(backend, brevity_penalty, c, r, constant=constant)


@given(lengths(), st.sampled_from(["closest", "shortest", "average"]))
def test_effective_reference_length_agrees_with_backend(backend, example, method):
    """The backend chooses the same lengths, of two that are as close the shorter."""
    agree_exactly(backend, effective_reference_length, *example, method=method)
