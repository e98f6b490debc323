"""The laws of reference/bleu.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.evaluation.strategies import (
    OPTIONS,
    against,
    corpora,
    lengths_alone,
    missed_orders,
    order_weights,
    scored,
    sequences,
)
from reference.evaluation.bleu import bleu, corpus_bleu, sentence_bleu
from reference.evaluation.modified_precision import (
    brevity_penalty,
    effective_reference_length,
    modified_precision,
)

# --- strategies

ORDERS = st.integers(1, 4)
LABEL, PRED = np.arange(6), np.array([0, 1, 1, 2, 3])
"""The notes' A B C D E F and A B B C D."""

SMOOTHED = st.sampled_from(["floor", "exp", "add-k"])


def uniform(n):
    """Papineni's weights, 1/n."""
    return bounded(np.full(n, 1.0)) / n


def halved(n):
    """The notes' weights, 1/2, 1/4, …"""
    return bounded(0.5 ** np.arange(1, n + 1))


def is_no_more(left, right):
    """left ≤ right, as far as their bounds tell."""
    assert_equal(np.maximum(left, right), right)


# --- identities


@given(scored(batch=1))
def test_corpus_bleu_of_a_sentence_is_sentence_bleu(example):
    """Of one sentence, a corpus' BLEU is the sentence's"""
    tensors, options = example
    left = corpus_bleu(*tensors, **options).reshape(1)
    assert_equal(left, sentence_bleu(*tensors, **options))


@given(sequences(), order_weights())
def test_bleu_is_sentence_bleu_of_one_reference(example, weights):
    """bleu(pred, label, w) = sentence_bleu([pred], [[label]], w)"""
    left = bleu(*example, weights).reshape(1)
    assert_equal(left, sentence_bleu(*against(*example), weights))


@given(sequences(least=1), order_weights())
def test_bleu_is_a_penalty_and_a_product_of_powers(example, weights):
    """BP · Π_n p_n^w[n]"""
    pairs = [
        modified_precision(*against(*example), n=n + 1) for n in range(len(weights))
    ]
    lens = [bounded(np.array([len(row)])) for row in example]
    expected = brevity_penalty(*lens)[0]
    for (matches, counts), weight in zip(pairs, weights):
        if weight:
            p = matches[0] / counts[0] if counts[0] else 0.0
            expected = expected * bounded(np.array([p]))[0] ** weight
    assert_equal(bleu(*example, bounded(weights))[()], expected)


@given(sequences())
def test_bleu_of_tokens_relates_the_notes_to_papineni(example):
    """N = 1: (the notes')² = BP · Papineni's"""
    left = bleu(*example, halved(1))[()]
    lens = [bounded(np.array([len(row)])) for row in example]
    right = brevity_penalty(*lens)[0] * bleu(*example, uniform(1))[()]
    assert_equal(left * left, right)


@given(scored())
def test_corpus_bleu_compares_with_effective_reference_lengths(example):
    """The penalty is that of Σ c and Σ r: references of other lengths change no more"""
    tensors, options = example
    c, r = tensors[1].astype(float), tensors[3].astype(float)
    r = effective_reference_length(c, r, method=options["reference_length"])
    penalty = brevity_penalty(*bounded(np.array([[c.sum()], [r.sum()]])))[0]
    left = corpus_bleu(*tensors[:4], bounded(tensors[4]), **options)[()]
    is_no_more(left, penalty)


# --- algebra


@given(scored(), st.integers(1, 3))
def test_corpus_bleu_is_homogeneous_in_the_weights(example, a):
    """Where nothing is too short, BLEU with a · w is the a-th power of BLEU with w"""
    (candidates, lens, _, _, weights), options = example
    tensors = candidates, lens, candidates[:, None, ::-1], lens[:, None]
    left = corpus_bleu(*tensors, bounded(a * weights), **options)[()]
    assert_equal(left, corpus_bleu(*tensors, bounded(weights), **options)[()] ** a)


@given(corpora(), ORDERS, OPTIONS)
def test_corpus_bleu_of_copies_is_that_of_one(example, n, options):
    """Sums of counts are ratios: a corpus twice is as good as once, unsmoothed"""
    options = options | {"smooth_method": "none"}
    twice = [np.concatenate([part, part]) for part in example]
    left = corpus_bleu(*twice, uniform(n), **options)
    assert_equal(left, corpus_bleu(*example, uniform(n), **options))


# --- invariances


@given(scored())
def test_corpus_bleu_is_invariant_under_permutations(example):
    """It does not matter which sentence, or which reference of it, comes first"""
    (candidates, lens, references, reference_lens, weights), options = example
    swapped = candidates[::-1], lens[::-1], references[::-1], reference_lens[::-1]
    swapped = *swapped[:2], swapped[2][:, ::-1], swapped[3][:, ::-1]
    left = corpus_bleu(*swapped, bounded(weights), **options)
    assert_equal(left, corpus_bleu(*example[0][:4], bounded(weights), **options))


@given(scored())
def test_sentence_bleu_is_invariant_under_renaming_of_tokens(example):
    """BLEU(f(pred), f(label)) = BLEU(pred, label), if f is one to one"""
    (candidates, lens, references, reference_lens, weights), options = example
    renamed = 5 - 3 * candidates, lens, 5 - 3 * references, reference_lens
    left = sentence_bleu(*renamed, weights, **options)
    assert_equal(left, sentence_bleu(*example[0], **options))


# --- bounds


@given(scored())
def test_sentence_bleu_is_bounded_by_one(example):
    """0 ≤ BLEU ≤ 1, if what smoothing adds to matches, it adds to counts, too"""
    (*sentences, weights), options = example
    options["smooth_value"] = min(1.0, options["smooth_value"])
    for y in sentence_bleu(*sentences, bounded(weights), **options):
        is_no_more(0, y)
        is_no_more(y, 1)


@given(sequences(), st.integers(1, 3))
def test_bleu_is_monotone_in_the_orders(example, n):
    """The notes' BLEU does not grow with k"""
    is_no_more(bleu(*example, halved(n + 1))[()], bleu(*example, halved(n))[()])


@given(scored())
def test_corpus_bleu_grows_with_smoothing(example):
    """BLEU smoothed ≥ BLEU, where a value that is added is at most 1"""
    (*sentences, weights), options = example
    options["smooth_value"] = min(1.0, options["smooth_value"])
    weights, plain = bounded(weights), options | {"smooth_method": "none"}
    left = corpus_bleu(*sentences, weights, **plain)[()]
    is_no_more(left, corpus_bleu(*sentences, weights, **options)[()])


# --- special cases


@given(sequences(least=4), ORDERS)
def test_bleu_of_itself_is_one(example, n):
    """BLEU(x, x) = 1, if x has n-grams"""
    assert_equal(bleu(example[0], example[0], halved(n))[()], 1.0)


def test_bleu_of_one_does_not_mean_the_same():
    """ABACA and ACABA have the same pairs: BLEU = 1 for k = 2, not for k = 3"""
    pred, label = np.array([0, 1, 0, 2, 0]), np.array([0, 2, 0, 1, 0])
    assert bleu(pred, label, np.array([0.5, 0.25])) == 1
    assert bleu(pred, label, np.array([0.5, 0.25, 0.125])) < 1


@given(sequences(), ORDERS)
def test_bleu_is_annihilated_by_a_precision_of_zero(example, n):
    """BLEU = 0, exactly, if any p_n with a weight is 0, or there are no n-grams"""
    matches, _ = modified_precision(*against(*example), n=n)
    assert (bleu(*example, 0.5 ** np.arange(1, n + 1)) == 0) == (matches[0] == 0)
    unused = np.append(np.ones(n), 0.0)
    assert_equal(bleu(*example, unused), bleu(*example, unused[:n]))


def test_bleu_of_bigrams_alone():
    """Weights 0 and 1: 3 of 4 bigrams, and exp(1 − 6/5) for a length of 5"""
    score = bleu(PRED, LABEL, bounded(np.array([0.0, 1.0])))
    penalty = np.exp(1 - bounded(np.array(6.0)) / 5)
    assert_equal(score, bounded(np.array(0.75)) * penalty)


def test_bleu_of_the_notes_is_not_papineni_s():
    """k = 1: 0.7323 and 0.6550; 2: 0.6815, 0.6342; 3: 0.5940, 0.4788; 4: both 0"""
    notes = [bleu(PRED, LABEL, 0.5 ** np.arange(1, k + 1)) for k in range(1, 5)]
    papineni = [bleu(PRED, LABEL, np.full(k, 1 / k)) for k in range(1, 5)]
    assert [f"{y:.4f}" for y in notes] == ["0.7323", "0.6815", "0.5940", "0.0000"]
    assert [f"{y:.4f}" for y in papineni] == ["0.6550", "0.6342", "0.4788", "0.0000"]


def test_bleu_of_the_notes_weighs_long_matches_least():
    """Halving p_1 costs 1 − 2^(−1/2) = 29 %, halving p_4 only 1 − 2^(−1/16) = 4 %"""
    kept = 0.5**0.5 ** np.arange(1, 5)
    assert [f"{share:.3f}" for share in kept] == ["0.707", "0.841", "0.917", "0.958"]
    assert (np.diff(np.cumprod(kept)) < 0).all()


@given(st.integers(0, 3), order_weights())
def test_bleu_of_an_empty_prediction_is_zero(length, weights):
    """There is nothing to divide by: 0 by definition"""
    empty, label = np.zeros(0, np.int64), np.zeros(length, np.int64)
    assert bleu(empty, label, weights) == bleu(label, empty, weights) == 0


@given(sequences(least=1), ORDERS)
def test_sentence_bleu_skips_absent_orders(example, n):
    """Too short for n-grams: skip leaves their weights out, reweigh shares them"""
    tensors, has = against(*example), min(n, len(example[0]))
    skipped = sentence_bleu(*tensors, halved(n), absent_orders="skip")
    assert_equal(skipped, sentence_bleu(*tensors, halved(has)))
    left = sentence_bleu(*tensors, uniform(n), absent_orders="reweigh")
    assert_equal(left, sentence_bleu(*tensors, uniform(has)))


@given(corpora(), ORDERS, SMOOTHED)
def test_corpus_bleu_of_no_match_is_zero(example, n, method):
    """No token matches: 0, smoothed or not"""
    candidates, lens, references, reference_lens = example
    other = 3 * candidates + 1, lens, 3 * references, reference_lens
    assert corpus_bleu(*other, np.ones(n), smooth_method=method) == 0


def test_corpus_bleu_is_smoothed():
    """p = 3/4, 1/3, 0/2, 0/1: floor puts 0.1/2 and 0.1/1, exp 1/2/2 and 1/4/1,
    add-k (1 + 1)/(3 + 1), 1/3 and 1/2
    """
    tensors = against(np.array([0, 1, 2, 3]), np.array([0, 1, 3, 9]))
    powers = {"floor": [0.05, 0.1], "exp": [0.25, 0.25]}
    for method, (third, fourth) in powers.items():
        options = {"smooth_method": method, "smooth_value": 0.1}
        left = corpus_bleu(*tensors, np.ones(4), **options)
        assert f"{left:.6f}" == f"{0.75 / 3 * third * fourth:.6f}"
    options = {"smooth_method": "add-k", "smooth_value": 1.0}
    left = corpus_bleu(*tensors, np.ones(4), **options)
    assert f"{left:.6f}" == f"{0.75 * 0.5 / 3 / 2:.6f}"


@given(sequences(least=4), ORDERS, SMOOTHED.filter(lambda name: name != "add-k"))
def test_corpus_bleu_is_not_smoothed_where_all_match(example, n, method):
    """floor and exp leave p_n > 0 alone"""
    tensors = against(example[0], example[0][::-1])
    matches, _ = modified_precision(*tensors, n=n)
    if matches[0]:
        left = corpus_bleu(*tensors, uniform(n), smooth_method=method)
        assert_equal(left, corpus_bleu(*tensors, uniform(n)))


def test_corpus_bleu_is_no_mean_of_sentences():
    """1 of 1 and 1 of 3 tokens: 2/4, where the mean of sentences is 2/3"""
    candidates, lens = np.array([[0, 9, 9], [0, 1, 2]]), np.array([1, 3])
    references = np.array([[[0, 8, 8]], [[0, 3, 4]]])
    tensors = candidates, lens, references, lens[:, None], np.ones(1)
    assert corpus_bleu(*tensors) == 0.5
    assert f"{sentence_bleu(*tensors).mean():.4f}" == "0.6667"


# --- errors


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"smooth_method": "exponential"}, "smooth_method is 'exponential'"),
        ({"smooth_value": 0.0}, "smooth_value is 0"),
        ({"absent_orders": "none"}, "absent_orders is 'none'"),
        ({"reference_length": "longest"}, "reference length is 'longest'"),
    ],
)
def test_corpus_bleu_rejects_unknown_options(options, problem):
    """A method that there is not, or no smoothing by 0"""
    with pytest.raises(ValueError, match=problem):
        corpus_bleu(*against(PRED, LABEL), np.ones(1), **options)


@pytest.mark.parametrize("weights", [[], [1.0, -0.5]])
def test_bleu_rejects_weights(weights):
    """At least one weight, and none below 0"""
    with pytest.raises(ValueError, match="weights is"):
        bleu(PRED, LABEL, np.array(weights))
    tensors = *against(PRED, LABEL), np.array([0.0, 1.0])
    with pytest.raises(ValueError, match="the first must be above 0"):
        sentence_bleu(*tensors, absent_orders="reweigh")


# --- agreement


@given(sequences(), order_weights(5))
def test_bleu_agrees_with_backend(backend, example, weights):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, bleu, *example, weights, constant=("weights",))


@given(scored())
def test_sentence_bleu_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, sentence_bleu, *tensors, constant=("weights",), **options)


@given(scored())
def test_corpus_bleu_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, corpus_bleu, *tensors, constant=("weights",), **options)


@given(lengths_alone())
def test_corpus_bleu_of_lengths_alone_agrees_with_backend(backend, example):
    """The backend compares the lengths that the definition does."""
    tensors, options = example
    agree(backend, corpus_bleu, *tensors, constant=("weights",), **options)


@given(missed_orders())
def test_corpus_bleu_of_missed_orders_agrees_with_backend(backend, example):
    """The backend smooths, skips and weighs as the definition does."""
    tensors, options = example
    agree(backend, corpus_bleu, *tensors, constant=("weights",), **options)
