"""The laws of reference/attention/scaled_dot_product.py, then its agreement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal, intervals
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.attention.strategies import attentions, gentle
from properties.operations import ways
from properties.strategies import codes, sixteenths
from reference.attention.scaled_dot_product import (
    attention_weights,
    scaled_dot_product_attention,
)

# --- strategies


def seeing(elements):
    """Attentions in which each query sees a key."""
    return attentions(elements, hides_rows=False)


def attend(example, **changes):
    """Attention on bounded numbers; `changes` replace query, key, value or mask."""
    (query, key, value, mask), options = example
    given = {"query": query, "key": key, "value": value} | changes
    mask = changes.get("mask", mask)
    lifted = [lifted_to_bounds(given[name]) for name in ("query", "key", "value")]
    return scaled_dot_product_attention(*lifted, mask, **options)


def lifted_to_bounds(array):
    return array if array.dtype == object else bounded(array)


def weighed(query, key, mask, options):
    """Weights on bounded numbers."""
    kept = {name: options[name] for name in ("is_causal", "scale")}
    heads = query.shape[1] // key.shape[1]
    return attention_weights(
        bounded(query), bounded(np.repeat(key, heads, 1)), mask, **kept
    )


# --- identities


@given(seeing(gentle))
def test_attention_weights_sum_to_one(example):
    """Σ_j a[i, j] = 1 where the query sees a key"""
    (query, key, _, mask), options = example
    total = weighed(query, key, mask, options).sum(-1)
    assert_equal(total, np.ones(total.shape))


@given(seeing(gentle))
def test_attention_weights_are_those_that_average_the_values(example):
    """attention(q, k, 1) = a for values that are the unit vectors"""
    (query, key, _, mask), options = example
    keys = key.shape[-2]
    units = np.broadcast_to(np.eye(keys), (*key.shape[:2], keys, keys))
    assert_equal(attend(example, value=units), weighed(query, key, mask, options))


@given(attentions(gentle, masks=lambda *_: st.none()))
def test_attention_weights_are_those_of_a_mask_that_hides_nothing(example):
    """Bit by bit: True is not a number that is added"""
    (query, key, *_), options = example
    key = np.repeat(key, query.shape[1] // key.shape[1], 1)
    expected = attention_weights(query, key, scale=options["scale"])
    everything = np.ones(expected.shape, bool)
    actual = attention_weights(query, key, everything, scale=options["scale"])
    assert_equal(actual, expected)


@given(attentions(gentle, masks=lambda *_: st.none()))
def test_scaled_dot_product_attention_causal_is_a_lower_triangular_mask(example):
    """is_causal is the mask that is True where j ≤ i"""
    (query, key, value, _), options = example
    triangle = np.tri(query.shape[-2], key.shape[-2], dtype=bool)
    left = scaled_dot_product_attention(
        *map(bounded, (query, key, value)), **options | {"is_causal": True}
    )
    masked = (query, key, value, triangle), options | {"is_causal": False}
    assert_equal(left, attend(masked))


@given(attentions(gentle))
def test_scaled_dot_product_attention_with_shared_keys_repeats_them(example):
    """enable_gqa: query head h meets key head h // (heads / theirs)"""
    (query, key, value, mask), options = example
    shares = query.shape[1] // key.shape[1]
    key, value = (np.repeat(x, shares, axis=1) for x in (key, value))
    separate = (query, key, value, mask), options | {"enable_gqa": False}
    assert_equal(attend(example), attend(separate))


# --- algebra


@given(attentions(gentle), st.integers(-4, 4))
def test_scaled_dot_product_attention_is_homogeneous_in_the_values(example, a):
    """attention(q, k, a · v) = a · attention(q, k, v)"""
    (_, _, value, _), _ = example
    assert_equal(attend(example, value=a * value), a * attend(example))


@given(attentions(gentle))
def test_scaled_dot_product_attention_is_additive_in_the_values(example):
    """attention(q, k, v + w) = attention(q, k, v) + attention(q, k, w)"""
    (_, _, value, _), _ = example
    other = np.round(4 * value[..., ::-1, :]) / 4
    left = attend(example, value=bounded(value) + bounded(other))
    assert_equal(left, attend(example) + attend(example, value=other))


@given(seeing(gentle))
def test_scaled_dot_product_attention_is_bounded_by_the_values(example):
    """min_j v[j] ≤ attention ≤ max_j v[j]: a convex combination, but for rounding"""
    (_, _, value, _), _ = example
    y, error = intervals(attend(example))
    low, high = value.min(-2, keepdims=True), value.max(-2, keepdims=True)
    low, high = (np.repeat(x, y.shape[1] // x.shape[1], axis=1) for x in (low, high))
    assert ((low <= y + error) & (y - error <= high)).all()


# --- invariances


@given(
    attentions(gentle, masks=lambda *_: st.none()), st.randoms(use_true_random=False)
)
def test_scaled_dot_product_attention_is_invariant_under_reordered_keys(
    example, random
):
    """attention(q, Pk, Pv) = attention(q, k, v)"""
    (query, key, value, _), options = example
    order = random.sample(range(key.shape[-2]), key.shape[-2])
    options = options | {"is_causal": False}
    left = (query, key[..., order, :], value[..., order, :], None), options
    assert_equal(attend(left), attend(((query, key, value, None), options)))


@given(
    attentions(gentle, masks=lambda *_: st.none()), st.randoms(use_true_random=False)
)
def test_scaled_dot_product_attention_is_equivariant_under_reordered_queries(
    example, random
):
    """attention(Pq, k, v) = P attention(q, k, v)"""
    (query, key, value, _), options = example
    order = random.sample(range(query.shape[-2]), query.shape[-2])
    options = options | {"is_causal": False}
    left = (query[..., order, :], key, value, None), options
    right = attend(((query, key, value, None), options))
    assert_equal(attend(left), right[..., order, :])


@given(seeing(gentle))
def test_scaled_dot_product_attention_is_invariant_under_a_shift_of_all_keys(example):
    """Keys k + c shift all scores of a query by ⟨q, c⟩: the weights stay"""
    (query, key, _, _), _ = example
    shift = np.round(4 * query[:1, :1, :1]) / 4
    assert_equal(attend(example, key=bounded(key) + bounded(shift)), attend(example))


@given(attentions(gentle))
def test_scaled_dot_product_attention_ignores_hidden_values(example):
    """Finite values of keys that no query sees change nothing"""
    (query, key, value, _), options = example
    shown = np.arange(key.shape[-2]) % 2 == 0
    other = np.where(shown[:, None], value, value + 1)
    options = options | {"is_causal": False}
    left = attend(((query, key, value, shown), options))
    assert_equal(left, attend(((query, key, other, shown), options)))


@given(attentions(gentle, masks=lambda *_: st.none()))
def test_scaled_dot_product_attention_is_causal(example):
    """With is_causal, result i does not depend on keys and values after i"""
    (query, key, value, _), options = example
    options = options | {"is_causal": True}
    first = min(query.shape[-2], key.shape[-2]) // 2 + 1
    whole = attend(((query, key, value, None), options))
    cut = (query[..., :first, :], key[..., :first, :], value[..., :first, :], None)
    assert_equal(whole[..., :first, :], attend((cut, options)))


# --- special cases


@given(seeing(gentle))
def test_scaled_dot_product_attention_of_equal_keys_is_the_mean(example):
    """Keys that are all the same: each value that is seen has the same weight"""
    (query, key, value, _), options = example
    same = np.broadcast_to(key[..., :1, :], key.shape)
    options = options | {"is_causal": False}
    mean = bounded(value).sum(-2, keepdims=True) / value.shape[-2]
    mean = np.repeat(mean, query.shape[1] // value.shape[1], axis=1)
    left = attend(((query, same, value, None), options))
    assert_equal(left, np.broadcast_to(mean, left.shape))


@given(attentions(sixteenths))
def test_scaled_dot_product_attention_without_keys_to_see_is_zero(example):
    """A query that sees no key gets the empty sum, 0, whatever hides them"""
    (query, key, value, _), options = example
    options = options | {"is_causal": False}
    for hidden in (np.array([[False]]), np.array([[-np.inf]])):
        y = scaled_dot_product_attention(query, key, value, hidden, **options)
        assert_equal(y, np.zeros(y.shape))


def test_softmax_of_hidden_scores_alone_would_be_nan():
    """Not 0 / 0: the notes' fill with −∞ gives NaN where all is masked"""
    scores = np.full(3, -np.inf)
    with np.errstate(invalid="ignore"):
        assert np.isnan(np.exp(scores - scores.max())).all()
    one = np.ones((1, 1))
    assert attention_weights(one, one, np.array([[-np.inf]])) == 0


def test_attention_weights_of_a_token_by_itself_need_not_be_the_greatest():
    """The notes: clearly that at its own position is; (1, 0) attends more to (3, 0)"""
    x = np.array([[1.0, 0], [3, 0]])
    own, other = attention_weights(x, x)[0]
    assert 0.195 < own < 0.196 < other


@given(codes((4, 3)))
def test_attention_weights_of_equal_norms_are_greatest_by_themselves(code):
    """‖x_i‖ = ‖x_j‖ ⇒ ⟨x_i, x_i⟩ ≥ ⟨x_i, x_j⟩, by Cauchy and Schwarz"""
    x = np.where(code % 2, 1.0, -1.0)
    weights = attention_weights(x, x)
    assert_equal(weights.diagonal(), weights.max(axis=1))


def test_attention_weights_of_a_nan_in_the_mask_are_nan():
    """A score + NaN hides nothing, and makes NaN of its whole row"""
    query, mask = np.ones((2, 1)), np.array([[np.nan, 0.0], [0.0, 0.0]])
    weights = attention_weights(query, query, mask)
    assert_equal(weights, np.array([[np.nan, np.nan], [0.5, 0.5]]))


def test_attention_weights_at_scale_zero_are_equal():
    """The notes: `qk_scale or d ** -0.5`, which takes 0 for no scale at all"""
    query, key = np.ones((2, 4)), np.arange(12.0).reshape(3, 4)
    expected = np.full((2, 3), 1 / 3)
    assert_equal(attention_weights(query, key, scale=0.0), expected)
    by_or = attention_weights(query, key, scale=0.0 or 4**-0.5)
    assert (by_or[:, 2] > 0.99).all()


# --- gradients


@given(attentions(gentle))
def test_scaled_dot_product_attention_gradient_by_values_is_the_weights(example):
    """∂ Σ y / ∂ v[j] = Σ_i a[i, j]"""
    (query, key, value, mask), options = example
    query = query[:, : key.shape[1]]
    options = options | {"enable_gqa": False}
    if mask is not None and mask.ndim == 4:
        mask = mask[:, : key.shape[1]]
    weights = weighed(query, key, mask, options)
    q, k = bounded(query), bounded(key)
    (slope,) = gradient(
        lambda v: scaled_dot_product_attention(q, k, v, mask, **options),
        [bounded(value)],
        bounded(np.ones((*query.shape[:-1], value.shape[-1]))),
    )
    expected = weights.sum(-2)[..., None] + np.zeros(value.shape)
    assert_equal(slope, expected)


def test_scaled_dot_product_attention_gradient_of_padded_queries_is_not_zero():
    """The notes: padding is cut off the graph. As keys it is; as queries it stays"""

    def attend(x):
        return scaled_dot_product_attention(x, x, x, mask)

    mask = np.tile([True, True, False], (3, 1))
    x = np.array([[1.0], [2.0], [3.0]])
    (by_all,) = gradient(attend, [x], np.ones((3, 1)))
    (by_valid,) = gradient(attend, [x], np.array([[1.0], [1.0], [0.0]]))
    assert by_all[2, 0] != 0 == by_valid[2, 0]


# --- errors


@pytest.mark.parametrize(
    ("shapes", "options", "problem"),
    [
        (((1, 2, 3), (1, 2, 4), (1, 2, 3)), {}, "query has shape"),
        (((1, 2, 3), (2, 2, 3), (2, 2, 3)), {}, "query has shape"),
        (((2, 3), (2, 2, 3), (2, 2, 3)), {}, "query has shape"),
        (((2, 1), (1,), (1,)), {}, "query has shape"),
        (((1,), (2, 1), (2, 1)), {}, "query has shape"),
        (((1,), (1,), (1,)), {}, "query has shape"),
        (((1, 2, 3), (1, 2, 3), (1, 3, 3)), {}, "key has shape"),
        (((1, 2, 0), (1, 2, 0), (1, 2, 3)), {}, "it must have features"),
        (((0, 2, 0), (0, 2, 0), (0, 2, 3)), {}, "it must have features"),
        (((3, 2, 1), (2, 2, 1), (2, 2, 1)), {"enable_gqa": True}, "has 3 heads"),
        (((3, 2, 1), (0, 2, 1), (0, 2, 1)), {"enable_gqa": True}, "key or value 0"),
        (((2, 1), (2, 1), (2, 1)), {"enable_gqa": True}, "an axis of heads"),
    ],
)
def test_scaled_dot_product_attention_rejects_shapes_that_do_not_fit(
    shapes, options, problem
):
    with pytest.raises(ValueError, match=problem):
        scaled_dot_product_attention(*map(np.ones, shapes), **options)


def test_scaled_dot_product_attention_rejects_a_mask_beside_is_causal():
    x = np.ones((1, 2, 2))
    with pytest.raises(ValueError, match="together with is_causal"):
        scaled_dot_product_attention(x, x, x, np.ones((2, 2), bool), is_causal=True)


# --- agreement


@pytest.mark.parametrize("way", ways("scaled_dot_product_attention"))
@given(attentions(gentle))
def test_scaled_dot_product_attention_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    constant = ("attn_mask",)
    function = scaled_dot_product_attention
    agree(backend, function, *tensors, way=way, constant=constant, **options)


@pytest.mark.parametrize("way", ways("scaled_dot_product_attention"))
@given(attentions(gentle, is_large=True))
def test_scaled_dot_product_attention_agrees_with_backend_on_large_arrays(
    backend, way, example
):
    """Also past what kernels are tiled by."""
    tensors, options = example
    constant = ("attn_mask",)
    function = scaled_dot_product_attention
    agree(backend, function, *tensors, way=way, constant=constant, **options)


@given(attentions(gentle))
def test_scaled_dot_product_attention_agrees_with_backend_by_its_mask(backend, example):
    """The gradient by a mask of numbers, too."""
    tensors, options = example
    agree(backend, scaled_dot_product_attention, *tensors, **options)


@given(attentions(gentle))
def test_attention_weights_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    (query, key, _, mask), options = example
    key = np.repeat(key, query.shape[1] // key.shape[1], axis=1)
    del options["enable_gqa"]
    agree(backend, attention_weights, query, key, mask, **options)
