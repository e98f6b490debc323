"""The laws of reference/decoder.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.operations import tensor_names
from properties.transformer.strategies import decoders, moderate
from reference.attention.scaled_dot_product import scaled_dot_product_attention
from reference.normalisation.layer_norm import layer_norm
from reference.transformer.decoder import (
    transformer_decoder,
    transformer_decoder_layer,
    transformer_decoder_step,
)
from reference.transformer.encoder import transformer_encoder
from reference.transformer.positional_encoding import sinusoidal_positional_encoding

# --- strategies and parts of laws


@st.composite
def step_by_step(draw):
    """All tokens, a memory, its mask, a stack's weights; and options."""
    has_norm, depth = draw(st.sampled_from([(0, 1), (1, 1), (0, 2), (1, 1)]))
    tensors, options = draw(decoders(depth=depth, has_norm=has_norm))
    tgt, memory, _, _, _, padding, *weights = tensors
    return (tgt, memory, padding, *weights), depth, options


@st.composite
def steps(draw):
    """The next tokens, a memory, a cache of those before, and the rest of a step."""
    (tgt, memory, padding, *weights), depth, options = draw(step_by_step())
    past = draw(st.sampled_from([2, 0, 1, 3] * 4 + [16]))
    cache = draw(moderate((depth, len(tgt), past, tgt.shape[2])))
    return (tgt, memory, cache, padding, *weights), options


def trained(tgt, memory, padding, *weights, **options):
    """The training form: all tokens at once, under a causal mask."""
    causal = np.tri(tgt.shape[1], dtype=bool)
    masks = causal, None, None, padding
    return transformer_decoder(tgt, memory, *masks, *weights, **options)


def empty_cache(tgt, depth):
    return np.zeros((depth, len(tgt), 0, tgt.shape[2]))


def decoded(parts, cache, memory, padding, *weights, **options):
    """The results of one step after the other, side by side, and the last cache."""
    results = []
    for part in parts:
        rest = memory, cache, padding, *weights
        result, cache = transformer_decoder_step(part, *rest, **options)
        results.append(result)
    return np.concatenate(results, axis=1), cache


# --- a layer


@given(decoders(), st.integers(1, 3))
def test_transformer_decoder_layer_is_causal_if_its_mask_is(example, count):
    """layer(tgt)[:, :k] = layer(tgt[:, :k]): later targets do not matter"""
    (tgt, memory, _, _, _, padding, *weights), options = example
    causal = np.tri(tgt.shape[1], dtype=bool)
    masks = causal, None, None, padding
    left = transformer_decoder_layer(tgt, memory, *masks, *weights, **options)
    short = tgt[:, :count], memory, causal[:count, :count], None, None, padding
    right = transformer_decoder_layer(*short, *weights, **options)
    assert_equal(left[:, :count], right)


@given(decoders(), st.integers(-8, 8))
def test_transformer_decoder_layer_is_invariant_under_padding_of_memory(
    example, number
):
    """Whatever the memory's padding is, the result is as without it"""
    (tgt, memory, mask, _, own, padding, *weights), options = example
    padding = np.ones(memory.shape[:2], bool) if padding is None else padding
    masks = mask, None, own
    changed = np.where(padding[..., None], memory, number)
    left = transformer_decoder_layer(tgt, changed, *masks, padding, *weights, **options)
    right = transformer_decoder_layer(tgt, memory, *masks, padding, *weights, **options)
    assert_equal(left, right)
    if len(tgt) == 1:
        short = memory[:, padding[0]]
        right = transformer_decoder_layer(tgt, short, *masks, None, *weights, **options)
        assert_equal(left, right)


@given(decoders())
def test_transformer_decoder_layer_of_zero_weights_is_its_norms(example):
    """norm₃(norm₂(norm₁(tgt))); with norm_first, tgt"""
    tensors, options = example
    zeros = [w if w is None else 0 * w for w in tensors[6:18]]
    norms = tensors[18:]
    left = transformer_decoder_layer(*tensors[:6], *zeros, *norms, **options)
    right, eps = tensors[0], options["layer_norm_eps"]
    if not options["norm_first"]:
        plain = {"normalized_shape": right.shape[2:], "eps": eps}
        for i in (0, 2, 4):
            right = layer_norm(right, *norms[i : i + 2], **plain)
    assert_equal(left, right)


def test_transformer_decoder_layer_without_a_mask_sees_what_follows():
    """The notes mask later tokens in training only: of several, evaluation sees all"""
    tgt, memory, _, weights, options = worked_example()
    changed = tgt.copy()
    changed[:, -1] *= -2
    masks = (None,) * 4
    first = [
        transformer_decoder_layer(x, memory, *masks, *weights, **options)[:, 0]
        for x in (tgt, changed)
    ]
    assert abs(first[0] - first[1]).max() > 0.01


# --- stacks


@given(decoders(depth=2, has_norm=True))
def test_transformer_decoder_is_a_composition(example):
    """decoder(tgt) = norm(layer₂(layer₁(tgt, memory), memory))"""
    (tgt, memory, *masks), options = example[0][:6], example[1]
    weights = example[0][6:]
    rest = memory, *masks
    x = transformer_decoder_layer(tgt, *rest, *weights[:18], **options)
    x = transformer_decoder_layer(x, *rest, *weights[18:36], **options)
    plain = {"normalized_shape": tgt.shape[2:], "eps": options["layer_norm_eps"]}
    right = layer_norm(x, *weights[36:], **plain)
    assert_equal(transformer_decoder(tgt, *rest, *weights, **options), right)


def test_transformer_decoder_need_not_be_as_deep_as_its_encoder():
    """The notes: as many blocks in both; one layer reads what two or none have made"""
    tgt, memory, _, weights, options = worked_example()
    layer = [*weights[:4], *weights[8:16]]
    deep = transformer_encoder(memory, None, None, *(2 * layer), **options)
    decoded = [
        transformer_decoder(tgt, x, *[None] * 4, *weights, **options)
        for x in (deep, memory)
    ]
    assert decoded[0].shape == decoded[1].shape == tgt.shape
    assert not np.array_equal(*decoded)


# --- step by step


@given(step_by_step())
def test_transformer_decoder_step_by_step_is_the_training_form(example):
    """One token after the other, each with the cache of those before = all at once"""
    (tgt, *rest), depth, options = example
    tokens = [tgt[:, i : i + 1] for i in range(tgt.shape[1])]
    left, _ = decoded(tokens, empty_cache(tgt, depth), *rest, **options)
    assert_equal(left, trained(tgt, *rest, **options))


@given(step_by_step(), st.integers(0, 3))
def test_transformer_decoder_step_of_several_tokens_is_several_steps(example, cut):
    """A prefix at once, then the rest at once = all at once"""
    (tgt, *rest), depth, options = example
    parts = [part for part in (tgt[:, :cut], tgt[:, cut:]) if part.size]
    left, cache = decoded(parts, empty_cache(tgt, depth), *rest, **options)
    assert_equal(left, trained(tgt, *rest, **options))
    assert cache.shape == (depth, *tgt.shape)


@given(step_by_step(), st.integers(-8, 8))
def test_transformer_decoder_step_leaves_its_cache_to_others(example, number):
    """One cache of a prefix serves several continuations: no step changes it"""
    (tgt, *rest), depth, options = example
    _, cache = decoded([tgt], empty_cache(tgt, depth), *rest, **options)
    before = cache.copy()
    decoded([tgt[:, :1] + number], cache, *rest, **options)
    assert_equal(cache, before)
    left, grown = decoded([tgt[:, :1]], cache, *rest, **options)
    both = np.concatenate([tgt, tgt[:, :1]], axis=1)
    assert_equal(left, trained(both, *rest, **options)[:, -1:])
    assert_equal(grown[:, :, :-1], cache)


def worked_example():
    """Three tokens and two of a memory, a cache for one layer, weights and options."""
    random = np.random.default_rng(0)
    attention = [(12, 4), (12,), (4, 4), (4,)]
    shapes = [*2 * attention, (3, 4), (3,), (4, 3), (4,)]
    weights = [random.uniform(-2, 2, shape) for shape in shapes] + 6 * [np.ones(4)]
    tgt, memory = random.uniform(-1, 1, (1, 3, 4)), random.uniform(-1, 1, (1, 2, 4))
    return tgt, memory, empty_cache(tgt, 1), weights, {"nhead": 2}


def test_transformer_decoder_step_begins_its_positions_where_the_cache_ends():
    """Positions from 0 at each step, as the notes have them, are not the training form

    P[past + i] is. A decoder like theirs is right at its first step alone.
    """
    tgt, memory, cache, weights, options = worked_example()
    positions = sinusoidal_positional_encoding(np.arange(3.0), num_hiddens=4)
    rest = memory, None, *weights
    full = trained(tgt + positions, *rest, **options)
    tokens = [tgt[:, [i]] + positions[i] for i in range(3)]
    assert_equal(decoded(tokens, cache, *rest, **options)[0], full)
    same = [tgt[:, [i]] + positions[0] for i in range(3)]
    wrong, _ = decoded(same, cache, *rest, **options)
    assert_equal(wrong[:, 0], full[:, 0])
    assert abs(wrong[:, 1:] - full[:, 1:]).max(axis=2).min() > 0.01


def test_transformer_decoder_step_with_a_stale_cache_is_wrong():
    """The notes keep the cache of one training pass in the next: old keys are seen"""
    tgt, memory, cache, weights, options = worked_example()
    rest = memory, None, *weights
    first, stale = decoded([tgt], cache, *rest, **options)
    second, _ = decoded([tgt], stale, *rest, **options)
    assert abs(first - second).max() > 0.01


def test_transformer_decoder_step_is_not_is_causal():
    """is_causal of one query and three keys shows the first key; a cache shows all"""
    query, keys, values = np.ones((1, 1)), np.ones((3, 1)), np.array([[1.0], [2], [6]])
    causal = scaled_dot_product_attention(query, keys, values, is_causal=True)
    assert_equal(causal, np.array([[1.0]]))
    assert_equal(scaled_dot_product_attention(query, keys, values), np.array([[3.0]]))


def test_transformer_decoder_step_of_many_layers():
    """300 layers without weights, whose norms have a mean of 0: all is 0"""
    one = np.zeros((1, 1, 1))
    attention = [(3, 1), (3,), (1, 1), (1,)]
    shapes = [*2 * attention, (1, 1), (1,), (1, 1), (1,), *6 * [(1,)]]
    weights = [np.zeros(shape) for shape in shapes] * 300
    cache = empty_cache(one, 300)
    y, cache = transformer_decoder_step(one, one, cache, None, *weights, nhead=1)
    assert_equal(y, one)
    assert_equal(cache, np.zeros((300, 1, 1, 1)))


# --- errors


def test_transformer_decoder_rejects_another_number_of_weights():
    tgt, memory, _, weights, options = worked_example()
    masks = (None,) * 4
    for function in (transformer_decoder_layer, transformer_decoder):
        with pytest.raises(ValueError, match="there are 17 weights"):
            function(tgt, memory, *masks, *weights[1:], **options)


@pytest.mark.parametrize("depth", [0, 2])
def test_transformer_decoder_step_rejects_a_cache_of_another_depth(depth):
    tgt, memory, _, weights, options = worked_example()
    cache = empty_cache(tgt, depth)
    with pytest.raises(ValueError, match=f"cache has {depth} layers, weights 1"):
        transformer_decoder_step(tgt, memory, cache, None, *weights, **options)


# --- agreement


@given(decoders())
def test_transformer_decoder_layer_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    masks = ("tgt_mask", "memory_mask")
    agree(backend, transformer_decoder_layer, *tensors, constant=masks, **options)


STACKS = st.one_of(
    decoders(has_norm=True), decoders(depth=2), decoders(depth=2, has_norm=True)
)


@given(STACKS)
def test_transformer_decoder_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises.

    Without gradients: those of a layer are checked.
    """
    tensors, options = example
    options["constant"] = tensor_names(transformer_decoder, len(tensors))
    agree(backend, transformer_decoder, *tensors, **options)


@given(steps())
def test_transformer_decoder_step_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises.

    Without gradients by weights: those of a layer are checked.
    """
    tensors, options = example
    options["constant"] = tensor_names(transformer_decoder_step, len(tensors))[3:]
    agree(backend, transformer_decoder_step, *tensors, **options)
