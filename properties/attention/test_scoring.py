"""The laws of reference/attention/scoring.py, then its agreement with the backends."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal, intervals
from properties.arithmetic.bounded import bounded
from properties.attention.strategies import gentle
from properties.strategies import codes, whole_numbers
from reference.attention.scaled_dot_product import scaled_dot_product_attention
from reference.attention.scoring import (
    additive_attention,
    additive_scores,
    attention_with_dropout,
    dot_product_attention,
)

# --- strategies

KEYS = st.sampled_from([1, 2, 3, 4] * 6 + [16, 17, 33])


@st.composite
def lengths(draw, batch, queries, keys):
    """None, or valid lengths of sequences or of queries; some 0, some beyond."""
    kind = draw(st.integers(0, 2))
    if kind == 0:
        return None
    shape = (batch,) if kind == 1 else (batch, queries)
    return (draw(codes(shape)) % (keys + 2)).astype(np.int64)


@st.composite
def attentions(draw, elements):
    """Queries, keys, values, and valid lengths."""
    batch, queries, features, values = draw(whole_numbers(*[(1, 3)] * 4))
    keys = draw(KEYS)
    shapes = [(queries, features), (keys, features), (keys, values)]
    tensors = [draw(elements((batch, *shape))) for shape in shapes]
    return (*tensors, draw(lengths(batch, queries, keys)))


@st.composite
def additive(draw, elements):
    """Queries, keys, values, a network's weights, and valid lengths."""
    batch, queries, q, k, values, hidden = draw(whole_numbers(*[(1, 3)] * 6))
    keys = draw(KEYS)
    shapes = [(batch, queries, q), (batch, keys, k), (batch, keys, values)]
    shapes += [(hidden, q), (hidden, k), (hidden,)]
    tensors = [draw(elements(shape)) for shape in shapes]
    return (*tensors, draw(lengths(batch, queries, keys)))


@st.composite
def dropouts(draw, elements):
    """Queries, keys, values, which weights to keep, and p."""
    query, key, value, _ = draw(attentions(elements))
    keep = draw(codes((*query.shape[:2], key.shape[1]))) % 3 > 0
    return (query, key, value, keep), {"p": draw(st.sampled_from([0.0, 0.5, 0.25]))}


def lifted(tensors):
    """Bounded numbers; the last, lengths or a choice, as it is."""
    *tensors, last = tensors
    return [bounded(tensor) for tensor in tensors] + [last]


# --- identities


@given(attentions(gentle))
def test_dot_product_attention_of_whole_sequences_is_unmasked(example):
    """valid_lens = keys: all of them are seen"""
    *tensors, _ = example
    whole = np.full(len(tensors[0]), tensors[1].shape[1])
    left = dot_product_attention(*lifted((*tensors, whole)))
    assert_equal(left, dot_product_attention(*lifted((*tensors, None))))


@given(attentions(gentle), st.integers(1, 4))
def test_dot_product_attention_sees_valid_keys_alone(example, length):
    """valid_lens = n: as if there were the first n keys and values only"""
    query, key, value, _ = example
    lens = np.full(len(query), length)
    left = dot_product_attention(*lifted((query, key, value, lens)))
    cut = (query, key[:, :length], value[:, :length], None)
    assert_equal(left, dot_product_attention(*lifted(cut)))


@given(additive(gentle))
def test_additive_scores_are_of_a_network_on_both_side_by_side(example):
    """w_q q + w_k k = [w_q w_k] [q; k]"""
    queries, keys, _, w_q, w_k, w_v, _ = (bounded(x) for x in (*example[:6], ONE))
    both = np.concatenate([w_q, w_k], axis=1)
    expected = np.zeros((*queries.shape[:2], keys.shape[1]), object)
    for n, i, j in np.ndindex(expected.shape):
        pair = np.concatenate([queries[n, i], keys[n, j]])
        expected[n, i, j] = (w_v * np.tanh(both @ pair)).sum()
    assert_equal(additive_scores(queries, keys, w_q, w_k, w_v), expected)


ONE = np.ones(1)


@given(additive(gentle))
def test_additive_scores_are_bounded_by_the_last_weights(example):
    """|a| ≤ ‖w_v‖₁, since |tanh| ≤ 1"""
    queries, keys, _, w_q, w_k, w_v, _ = example
    scores, error = intervals(
        additive_scores(*map(bounded, (queries, keys, w_q, w_k, w_v)))
    )
    assert (abs(scores) - error <= abs(w_v).sum()).all()


@given(additive(gentle))
def test_additive_attention_is_softmax_of_its_scores(example):
    """Σ_j softmax_j(a) v_j: attention on the scores, by keys of one-hot queries"""
    queries, keys, values, w_q, w_k, w_v, _ = example
    parts = [bounded(x) for x in (queries, keys, w_q, w_k, w_v)]
    scores = additive_scores(*parts)
    powers = np.exp(scores)
    weights = powers / powers.sum(-1, keepdims=True)
    expected = (weights[..., None] * bounded(values)[:, None]).sum(2)
    left = additive_attention(*lifted((*example[:6], None)))
    assert_equal(left, expected)


@given(additive(gentle))
def test_additive_attention_of_nothing_is_zero(example):
    """valid_lens = 0: the empty sum"""
    *tensors, _ = example
    y = additive_attention(*tensors, np.zeros(len(tensors[0]), int))
    assert_equal(y, np.zeros(y.shape))


# --- dropout


@given(attentions(gentle))
def test_attention_with_dropout_of_nothing_is_attention(example):
    """p = 0 and all kept"""
    query, key, value, _ = example
    keep = np.ones((*query.shape[:2], key.shape[1]), bool)
    left = attention_with_dropout(*lifted((query, key, value, keep)), p=0)
    assert_equal(left, scaled_dot_product_attention(*map(bounded, example[:3])))


@given(attentions(gentle))
def test_attention_with_dropout_has_attention_for_its_mean(example):
    """E over all choices of two keys, each kept with 1 − p = ½: attention itself"""
    query, key, value = (x[:1, :2] for x in example[:3])
    total = 0
    for choice in itertools.product([False, True], repeat=key.shape[1]):
        keep = np.broadcast_to(choice, (*query.shape[:2], key.shape[1]))
        tensors = lifted((query, key, value, keep))
        total = total + attention_with_dropout(*tensors, p=0.5)
    expected = scaled_dot_product_attention(*map(bounded, (query, key, value)))
    assert_equal(total / 2 ** key.shape[1], expected)


# --- why scores are divided by √features


@pytest.mark.parametrize("features", [1, 2, 3, 5])
def test_dot_products_of_independent_signs_have_the_variance_of_their_count(features):
    """Var ⟨q, k⟩ = d for independent entries of variance 1; Var ⟨q, k⟩ / √d = 1"""
    signs = [*itertools.product([-1, 1], repeat=features)]
    products = [sum(a * b for a, b in zip(q, k)) for q in signs for k in signs]
    assert sum(products) == 0
    assert Fraction(sum(p * p for p in products), len(products)) == features


@given(st.integers(1, 6), st.integers(7, 40))
def test_dot_product_attention_without_the_scale_is_sharper(few, many):
    """The largest weight of ⟨q, k⟩ = ±d grows with d; scaled by √d it grows less"""
    largest = {}
    for features in (few, many):
        query = np.ones((1, 1, features))
        key = np.stack([np.ones(features), -np.ones(features)])[None]
        value = np.array([[[1.0], [0.0]]])
        for scale in (1.0, None):
            y = scaled_dot_product_attention(query, key, value, scale=scale)
            largest[features, scale] = y.item()
    assert largest[many, 1.0] >= largest[many, None] > largest[few, None]
    assert largest[many, 1.0] - largest[many, None] >= 0


def test_additive_scores_of_many_sequences():
    """w_v · tanh(0) = 0, in each of 300"""
    x, w = np.zeros((300, 1, 1)), np.ones((1, 1))
    assert_equal(additive_scores(x, x, w, w, w[0]), x)


# --- errors


def test_dot_product_attention_rejects_lengths_of_other_sequences():
    x = np.ones((2, 3, 1))
    with pytest.raises(ValueError, match=r"valid_lens has shape \(3,\); it must be"):
        dot_product_attention(x, x, x, np.ones(3, int))


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"w_v": np.ones(3)}, "as many hidden units"),
        ({"w_v": np.ones(1)}, "as many hidden units"),
        ({"w_q": np.ones((1, 1))}, "as many hidden units"),
        ({"w_q": np.ones((3, 1))}, "as many hidden units"),
        ({"w_k": np.ones((1, 1))}, "as many hidden units"),
        ({"w_k": np.ones((3, 1))}, "as many hidden units"),
        ({"keys": np.ones((1, 3, 1))}, "as many sequences"),
        ({"values": np.ones((2, 2, 1))}, "values has shape"),
        ({"w_q": np.ones((2, 2))}, "weight has shape"),
    ],
)
def test_additive_attention_rejects_shapes_that_do_not_fit(change, problem):
    given = {"queries": np.ones((2, 2, 1)), "keys": np.ones((2, 3, 1))}
    given |= {"values": np.ones((2, 3, 1)), "w_q": np.ones((2, 1))}
    given |= {"w_k": np.ones((2, 1)), "w_v": np.ones(2)}
    with pytest.raises(ValueError, match=problem):
        additive_attention(**given | change)


def test_attention_with_dropout_rejects_what_is_no_choice():
    x, keep = np.ones((1, 2, 1)), np.ones((1, 2, 2), bool)
    for p in (1, -0.5):
        with pytest.raises(ValueError, match=f"p is {p}; it must be in"):
            attention_with_dropout(x, x, x, keep, p=p)
    for other in (keep[0], keep[:, :, :1], np.ones((1, 2, 3), bool)):
        with pytest.raises(ValueError, match="keep has shape"):
            attention_with_dropout(x, x, x, other, p=0.5)
    with pytest.raises(ValueError, match="must have the same but for their features"):
        attention_with_dropout(x, x, x[:0], keep, p=0.5)


# --- agreement


@given(attentions(gentle))
def test_dot_product_attention_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, dot_product_attention, *example)


@given(additive(gentle))
def test_additive_attention_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, additive_attention, *example)


@given(additive(gentle))
def test_additive_scores_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    queries, keys, _, *weights, _ = example
    agree(backend, additive_scores, queries, keys, *weights)


@given(dropouts(gentle))
def test_attention_with_dropout_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, attention_with_dropout, *tensors, **options)
