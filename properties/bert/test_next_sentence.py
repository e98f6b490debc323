"""The laws of reference/bert/next_sentence.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.bert.strategies import heads, two_layers
from properties.strategies import codes, fractions, ordinary, sixteenths
from reference.bert.fine_tuning import classify_sentences
from reference.bert.next_sentence import (
    bert_pooler,
    next_sentence_pairs,
    next_sentence_pred,
)

# --- strategies

FALSE_ALARM = 1e-9
"""How probable it is that a statistical test fails where the law holds."""


@st.composite
def corpora(draw):
    """Which paragraph each sentence is of; random numbers, and random sentences."""
    count = draw(st.sampled_from([5, 2, 3, 33, 1, 65]))
    drawn, step = draw(codes((3, count))), draw(st.sampled_from([1, -1]))
    paragraphs = np.cumsum(step * (drawn[0] > 160)).astype(np.int64)
    uniforms = drawn[1] % 64 / 64
    return paragraphs, uniforms, drawn[2].astype(np.int64) % count


# --- pairs


@given(corpora())
def test_next_sentence_pairs_begin_with_each_sentence_that_has_a_next(corpus):
    """As many as sentences less paragraphs, of which each has a last; in order"""
    paragraphs, *_ = corpus
    pairs, is_next = next_sentence_pairs(*corpus)
    assert len(pairs) == len(is_next) == len(paragraphs) - len(set(paragraphs))
    assert (np.diff(pairs[:, 0]) > 0).all()
    assert (paragraphs[pairs[:, 0]] == paragraphs[pairs[:, 0] + 1]).all()


@given(corpora())
def test_next_sentence_pairs_follow_where_they_say_so(corpus):
    """is_next  ⇒  second = first + 1; else second is the random sentence"""
    pairs, is_next = next_sentence_pairs(*corpus)
    first, second = pairs.T
    assert_equal(second[is_next], first[is_next] + 1)
    assert_equal(second[~is_next], corpus[2][first[~is_next]])


@given(corpora())
def test_next_sentence_pairs_are_all_next_below_a_half(corpus):
    """u < 1/2: all follow, whatever the random sentences are; u ≥ 1/2: none"""
    paragraphs, uniforms, others = corpus
    _, is_next = next_sentence_pairs(paragraphs, uniforms / 2, others)
    assert is_next.all()
    _, is_next = next_sentence_pairs(paragraphs, uniforms / 2 + 0.5, others)
    assert not is_next.any()


@given(st.integers(0, 2**32 - 1))
def test_next_sentence_pairs_labels_are_balanced(seed):
    """P(is_next) = 1/2"""
    n = 301
    random = np.random.default_rng(seed)
    paragraphs, others = np.zeros(n, np.int64), random.integers(0, n, n)
    _, is_next = next_sentence_pairs(paragraphs, random.random(n), others)
    assert binomtest(int(is_next.sum()), n - 1, 0.5).pvalue > FALSE_ALARM


def test_next_sentence_pairs_may_be_next_by_accident():
    """A random sentence that happens to be the next has the label of one that is not"""
    pairs, is_next = next_sentence_pairs(
        np.zeros(2, np.int64), np.array([0.9, 0.9]), np.array([1, 0])
    )
    assert pairs.tolist() == [[0, 1]]
    assert is_next.tolist() == [False]


@pytest.mark.parametrize(
    ("tensors", "problem"),
    [
        ((np.zeros((2, 2)), np.zeros((2, 2)), np.zeros((2, 2))), "paragraphs has"),
        ((np.zeros(2), np.zeros(3), np.zeros(2)), "paragraphs and uniforms have"),
        ((np.zeros(2), np.zeros(2), np.zeros(3)), "paragraphs and random_sentences"),
        ((np.zeros(2), np.zeros(2), np.full(2, 2)), "random_sentences has 2"),
    ],
)
def test_next_sentence_pairs_rejects_what_does_not_fit(tensors, problem):
    with pytest.raises(ValueError, match=problem):
        next_sentence_pairs(*tensors)


# --- the vector of cls


@given(heads(sixteenths))
def test_bert_pooler_is_bounded_by_one(example):
    """|y| ≤ 1"""
    assert (abs(bert_pooler(*example)) <= 1).all()


@given(heads(sixteenths))
def test_bert_pooler_is_odd_without_a_bias(example):
    """pooler(−x) = −pooler(x)"""
    x, weight, _ = example
    assert_equal(bert_pooler(-x, weight, None), -bert_pooler(x, weight, None))


@given(heads(sixteenths), st.integers(-8, 8))
def test_bert_pooler_depends_on_the_first_token_alone(example, number):
    """pooler(x) = pooler(x[:, :1]), whatever the other tokens are"""
    x, *layer = example
    changed = np.concatenate([x[:, :1], np.full_like(x[:, 1:], number)], axis=1)
    left = bert_pooler(changed, *layer)
    assert_equal(left, bert_pooler(x, *layer))
    assert_equal(left, bert_pooler(x[:, :1], *layer))


def test_bert_pooler_rejects_what_has_no_first_token():
    weight = np.ones((2, 3))
    with pytest.raises(ValueError, match="needs a first token"):
        bert_pooler(np.zeros((2, 0, 3)), weight, None)
    with pytest.raises(ValueError, match="its axes must be"):
        bert_pooler(np.zeros((2, 3)), weight, None)


# --- logits


@given(two_layers(sixteenths))
def test_next_sentence_pred_is_a_classifier_of_what_is_pooled(example):
    """pred(x) = classify_sentences(pooler(x)), as of a sequence of one token"""
    x, hidden_weight, hidden_bias, weight, bias = example
    pooled = bert_pooler(x, hidden_weight, hidden_bias)
    right = classify_sentences(pooled[:, None], weight, bias)
    assert_equal(next_sentence_pred(*example), right)


@given(two_layers(sixteenths))
def test_next_sentence_pred_is_odd_without_biases(example):
    """pred(−x) = −pred(x)"""
    x, hidden_weight, _, weight, _ = example
    left = next_sentence_pred(-x, hidden_weight, None, weight, None)
    assert_equal(left, -next_sentence_pred(x, hidden_weight, None, weight, None))


@given(two_layers(sixteenths))
def test_next_sentence_pred_gradient_reaches_the_first_token_alone(example):
    """∂y / ∂x[n, t] = 0 for t > 0"""
    x, *layers = example
    (slopes,) = gradient(
        lambda x: next_sentence_pred(x, *layers),
        [bounded(x)],
        bounded(np.ones((len(x), len(layers[2])))),
    )
    assert (slopes[:, 1:] == 0).all()


@given(two_layers(fractions))
def test_next_sentence_pred_of_no_hidden_weights_is_its_bias(example):
    """tanh(0) = 0: without a hidden layer's weights, y = bias"""
    x, hidden_weight, _, weight, bias = example
    zeros, numbers = np.zeros(hidden_weight.shape), weight.astype(float)
    bias = np.zeros(len(weight)) if bias is None else bias.astype(float)
    y = next_sentence_pred(x.astype(float), zeros, None, numbers, bias)
    assert_equal(y, np.broadcast_to(bias, y.shape))


def test_next_sentence_pred_rejects_layers_that_do_not_fit():
    x, weight = np.ones((2, 3, 4)), np.ones((5, 4))
    with pytest.raises(ValueError, match="weight has shape"):
        next_sentence_pred(x, weight, None, np.ones((2, 4)), None)
    with pytest.raises(ValueError, match="bias has shape"):
        next_sentence_pred(x, weight, np.ones(4), np.ones((2, 5)), None)


# --- agreement


@given(corpora())
def test_next_sentence_pairs_agrees_with_backend(backend, corpus):
    """The backend makes the same pairs."""
    agree(backend, next_sentence_pairs, *corpus, constant=("uniforms",))


@given(heads(ordinary))
def test_bert_pooler_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, weight, bias = example
    agree(backend, bert_pooler, x / 8, weight / 4, bias)


@given(two_layers(ordinary))
def test_next_sentence_pred_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    x, weight, *others = example
    agree(backend, next_sentence_pred, x / 8, weight / 4, *others)
