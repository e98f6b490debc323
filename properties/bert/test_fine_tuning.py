"""The laws of reference/bert/fine_tuning.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.bert.strategies import heads
from properties.strategies import codes, fractions, ordinary, sixteenths, wide
from reference.bert.fine_tuning import (
    best_span,
    classify_sentences,
    span_logits,
    span_loss,
    tag_tokens,
)
from reference.classification.cross_entropy import cross_entropy
from reference.classification.softmax import softmax
from reference.classification.softmax_regression import linear

# --- strategies


@st.composite
def tagged(draw, elements):
    """Vectors of tokens, which are words, a weight, and a bias or None."""
    x, weight, bias = draw(heads(elements))
    return x, draw(codes(x.shape[:2])) < 150, weight, bias


SHAPES = st.sampled_from([(2, 4), (1, 5), (3, 3), (1, 1), (2, 2), (0, 3), (1, 17)])
"""Shapes of batches of sequences."""


LONGEST = st.sampled_from([None, 2, 1, None, 3, 70])
"""Limits of the length of an answer."""

ANSWERED = st.sampled_from([(2, 3), (1, 33), (2, 1), (3, 2), (1, 4), (1, 65)])
"""Shapes of batches of answered questions."""


@st.composite
def spans(draw, elements, shapes=SHAPES):
    """Scores of beginnings and ends, where answers may be, and options."""
    shape = draw(shapes)
    drawn = draw(codes(shape))
    mask = drawn > drawn.min(axis=1, keepdims=True) // 2 + 40
    mask[:, -1] |= ~mask.any(1)
    start, end = draw(elements(shape)), draw(elements(shape))
    return (start, end, mask), {"max_answer_length": draw(LONGEST)}


@st.composite
def answered(draw, elements):
    """Scores of beginnings and ends, and where answers begin and end."""
    shape = draw(ANSWERED)
    code, last = draw(codes((2, shape[0]))).astype(np.int64), shape[1] - 1
    at = np.where(code > 150, last, code % (last + 1))
    return draw(elements(shape)), draw(elements(shape)), at.min(0), at.max(0)


# --- sentences


@given(heads(fractions), st.integers(-8, 8))
def test_classify_sentences_depends_on_the_first_token_alone(example, number):
    """Whatever the other tokens are, and without them"""
    x, *layer = example
    changed = np.concatenate([x[:, :1], 0 * x[:, 1:] + number], axis=1)
    left = classify_sentences(changed, *layer)
    assert_equal(left, classify_sentences(x, *layer))
    assert_equal(left, linear(x[:, 0], *layer))


@given(heads(fractions))
def test_classify_sentences_gradient_reaches_the_first_token_alone(example):
    """∂ Σ y / ∂x[n, t] = Σ_k weight[k] for t = 0, else 0"""
    x, *layer = example
    ones = np.ones((len(x), len(layer[0])), object)
    (slopes,) = gradient(lambda x: classify_sentences(x, *layer), [x], ones)
    expected = 0 * x
    expected[:, 0] += layer[0].sum(0)
    assert_equal(slopes, expected)


def test_classify_sentences_rejects_what_has_no_first_token():
    with pytest.raises(ValueError, match="needs a first token"):
        classify_sentences(np.zeros((2, 0, 3)), np.ones((2, 3)), None)
    with pytest.raises(ValueError, match="its axes must be"):
        classify_sentences(np.zeros((2, 3)), np.ones((2, 3)), None)


# --- tokens


@given(tagged(fractions))
def test_tag_tokens_is_token_wise(example):
    """The tags of all sequences are those of each word by itself, one after another"""
    x, mask, *layer = example
    each = [classify_sentences(word[None, None], *layer) for word in x[mask]]
    none = tag_tokens(x[:0], mask[:0], *layer)
    assert_equal(tag_tokens(x, mask, *layer), np.concatenate([none, *each]))


@given(tagged(fractions), st.integers(-8, 8))
def test_tag_tokens_does_not_see_marks(example, number):
    """Whatever is where the mask is False"""
    x, mask, *layer = example
    changed = np.where(mask[..., None], x, number)
    assert_equal(tag_tokens(changed, mask, *layer), tag_tokens(x, mask, *layer))


@given(tagged(fractions), st.randoms(use_true_random=False))
def test_tag_tokens_is_equivariant_under_permutations_of_sequences(example, random):
    """Sequences in another order: their words are, too"""
    x, mask, *layer = example
    order = random.sample(range(len(x)), len(x))
    left = tag_tokens(x[order], mask[order], *layer)
    parts = [tag_tokens(x[n : n + 1], mask[n : n + 1], *layer) for n in order]
    assert_equal(left, np.concatenate([tag_tokens(x[:0], mask[:0], *layer), *parts]))


def test_tag_tokens_rejects_another_mask():
    with pytest.raises(ValueError, match="mask has shape"):
        tag_tokens(np.zeros((2, 3, 1)), np.ones((2, 2), bool), np.ones((2, 1)), None)


# --- scores of spans


@given(heads(fractions, classes=2))
def test_span_logits_of_swapped_rows_are_swapped(example):
    """Rows of the weight in the other order: beginnings are ends"""
    x, weight, bias = example
    start, end = span_logits(x, weight, bias)
    swapped = span_logits(x, weight[::-1], None if bias is None else bias[::-1])
    assert_equal(swapped[0], end)
    assert_equal(swapped[1], start)


@given(heads(fractions, classes=2))
def test_span_logits_are_those_of_each_token(example):
    """start[n, t], end[n, t] = weight · x[n, t] + bias"""
    x, *layer = example
    for scores, row in zip(span_logits(x, *layer), (0, 1)):
        own = [None if part is None else part[row : row + 1] for part in layer]
        each = [[linear(token, *own)[0] for token in sequence] for sequence in x]
        assert_equal(scores, np.array(each, object).reshape(x.shape[:2]))


@pytest.mark.parametrize("classes", [0, 1, 3])
def test_span_logits_rejects_other_than_two_classes(classes):
    with pytest.raises(ValueError, match="it must be \\(2, features\\)"):
        span_logits(np.zeros((1, 2, 3)), np.ones((classes, 3)), None)


# --- the best span


def allowed(mask, options):
    """Which pairs of one sequence are spans."""
    steps = np.arange(len(mask)) - np.arange(len(mask))[:, None]
    longest = options["max_answer_length"] or len(mask)
    return mask[:, None] & mask & (steps >= 0) & (steps < longest)


@given(spans(fractions))
def test_best_span_has_no_better_one(example):
    """start[i] + end[j] ≤ score for all i ≤ j that may be; less for those before"""
    (start, end, mask), options = example
    found, scores = best_span(start, end, mask, **options)
    for n, (i, j) in enumerate(found):
        table, may = start[n][:, None] + end[n], allowed(mask[n], options)
        assert may[i, j]
        assert table[i, j] == scores[n] == max(table[may])
        earlier = np.arange(table.size).reshape(table.shape) < i * len(table) + j
        assert all(table[may & earlier] < scores[n])


@given(spans(fractions), st.integers(-8, 8))
def test_best_span_is_invariant_under_shifts(example, c):
    """start + c: the same span, whose score is c more"""
    (start, end, mask), options = example
    found, scores = best_span(start, end, mask, **options)
    moved, more = best_span(start + c, end, mask, **options)
    assert_equal(moved, found)
    assert_equal(more, scores + c)


@given(spans(fractions), st.integers(-100, 100))
def test_best_span_is_not_in_the_question(example, number):
    """Whatever the scores are where the mask is False"""
    (start, end, mask), options = example
    changed = np.where(mask, start, number), np.where(mask, end, number)
    left = best_span(*changed, mask, **options)
    for actual, expected in zip(left, best_span(start, end, mask, **options)):
        assert_equal(actual, expected)


@given(spans(fractions))
def test_best_span_of_one_token_is_the_best_token(example):
    """max_answer_length 1: i = j = argmax start + end, the first of equals"""
    (start, end, mask), _ = example
    found, scores = best_span(start, end, mask, max_answer_length=1)
    for n, (i, j) in enumerate(found):
        sums = np.where(mask[n], start[n] + end[n], -1000)
        assert i == j == np.argmax(sums)
        assert scores[n] == sums[i]


@given(spans(fractions))
def test_best_span_is_both_best_where_they_are_in_order(example):
    """argmax start ≤ argmax end: that is the span, if it may be as long"""
    (start, end, mask), _ = example
    found, _ = best_span(start, end, mask)
    for n, span in enumerate(found):
        first, last = (np.argmax(np.where(mask[n], x[n], -99)) for x in (start, end))
        if first <= last:
            assert span.tolist() == [first, last]


def test_best_span_is_not_the_two_best_where_they_are_out_of_order():
    """Best beginning at 2, best end at 0: neither with the other is an answer"""
    start, end = np.array([[1.0, 0, 4]]), np.array([[5.0, 0, 1]])
    found, scores = best_span(start, end, np.ones((1, 3), bool))
    assert found.tolist() == [[0, 0]]
    assert scores.tolist() == [6]


def test_best_span_of_a_word_is_not_one_of_three_classes():
    """The notes: each token is the beginning, the end, or neither: three classes.

    An answer of one word is a beginning and an end. Of three classes that exclude each
    other, both have at most 1 together, so not both more than 1/2; two softmaxes, one
    over all beginnings and one over all ends, are as sure of both as they like.
    """
    start, end = np.array([[0.0, 9, 0]]), np.array([[0.0, 9, 0]])
    found, _ = best_span(start, end, np.ones((1, 3), bool))
    assert found.tolist() == [[1, 1]]
    of_three = softmax(np.array([0.0, 9, 9]), dim=0)
    assert of_three[1:].max() <= 0.5
    assert min(softmax(x[0], dim=0)[1] for x in (start, end)) > 0.99


def test_best_span_rejects_what_does_not_fit():
    x, mask = np.zeros((2, 3)), np.ones((2, 3), bool)
    with pytest.raises(ValueError, match="start and end have shapes"):
        best_span(x, x[:1], mask)
    with pytest.raises(ValueError, match="start and mask have shapes"):
        best_span(x, x, mask[:, :2])
    with pytest.raises(ValueError, match="max_answer_length is 0"):
        best_span(x, x, mask, max_answer_length=0)
    with pytest.raises(ValueError, match="mask hides all of row 1"):
        best_span(x, x, mask & np.array([[True], [False]]))


# --- what spans lose


@given(answered(sixteenths))
def test_span_loss_is_the_mean_of_two(example):
    """2 · loss = cross_entropy of beginnings + cross_entropy of ends"""
    start, end, first, last = example
    start, end = bounded(start), bounded(end)
    left = 2 * span_loss(start, end, first, last)
    right = cross_entropy(start, first) + cross_entropy(end, last)
    assert_equal(left, right)


@given(answered(sixteenths))
def test_span_loss_is_invariant_under_reversal(example):
    """Sequences read from the end: beginnings are ends"""
    start, end, first, last = example
    n = start.shape[1] - 1
    start, end = bounded(start), bounded(end)
    left = span_loss(end[:, ::-1], start[:, ::-1], n - last, n - first)
    assert_equal(left, span_loss(start, end, first, last))


@given(answered(sixteenths), st.integers(-64, 64))
def test_span_loss_is_invariant_under_shifts(example, c):
    """loss(start + c, end) = loss(start, end)"""
    start, end, *answers = example
    left = span_loss(bounded(start + c), bounded(end), *answers)
    assert_equal(left, span_loss(bounded(start), bounded(end), *answers))


@given(answered(sixteenths))
def test_span_loss_of_equal_scores_is_the_logarithm_of_the_length(example):
    """loss(0, 0) = log length"""
    start, _, *answers = example
    zeros = bounded(0 * start)
    expected = np.log(bounded(np.array(float(start.shape[1])))[()])
    assert_equal(span_loss(zeros, zeros, *answers), np.array(expected))


@given(answered(sixteenths))
def test_span_loss_gradient_sums_to_zero(example):
    """Σ_t ∂loss / ∂start[n, t] = 0, and so of ends"""
    start, end, *answers = example
    one = bounded(np.ones(()))
    slopes = gradient(
        lambda start, end: span_loss(start, end, *answers),
        [bounded(start), bounded(end)],
        one,
    )
    for slope in slopes:
        assert_equal(slope.sum(axis=1), np.zeros(len(start)))


def test_span_loss_rejects_what_does_not_fit():
    x, at = np.zeros((2, 3)), np.zeros(2, np.int64)
    with pytest.raises(ValueError, match="start and end have shapes"):
        span_loss(x, x[:, :2], at, at)
    with pytest.raises(ValueError, match="its axes must be"):
        span_loss(x[0], x[0], at, at)
    with pytest.raises(ValueError, match="there are 3 classes"):
        span_loss(x, x, at, at + 3)


# --- agreement


@given(heads(ordinary))
def test_classify_sentences_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, classify_sentences, *example)


@given(tagged(ordinary))
def test_tag_tokens_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, tag_tokens, *example)


@given(heads(ordinary, classes=2))
def test_span_logits_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, span_logits, *example)


@given(spans(ordinary))
def test_best_span_agrees_with_backend(backend, example):
    """The backend finds the same span, and its score is as close as it can be."""
    tensors, options = example
    agree(backend, best_span, *tensors, **options)


LONG = st.sampled_from([(1, 33), (2, 5), (3, 2), (1, 33), (2, 1)])


@given(spans(sixteenths, LONG), st.booleans())
def test_best_span_of_ties_agrees_with_backend(backend, example, is_last):
    """The first of spans that are as good; and one that ends with the sequence."""
    (start, end, mask), options = example
    start, end, mask = start // 4, end // 4, mask.copy()
    end[:, -1] += 8 * is_last
    mask[:, -1] |= is_last
    agree_exactly(backend, best_span, start, end, mask, **options)


@given(answered(wide))
def test_span_loss_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, span_loss, *example)
