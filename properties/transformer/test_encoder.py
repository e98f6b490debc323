"""The laws of reference/encoder.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.operations import tensor_names, ways
from properties.transformer.strategies import encoders
from reference.normalisation.layer_norm import layer_norm
from reference.transformer.encoder import transformer_encoder, transformer_encoder_layer


def of_sequence(mask, n, batch):
    """The part of a mask that is of one sequence of a batch."""
    if mask is None or mask.ndim == 2:
        return mask
    heads = len(mask) // batch
    return mask[n * heads : (n + 1) * heads]


# --- identities of a layer


@given(encoders())
def test_transformer_encoder_layer_is_that_of_each_sequence(example):
    """layer(src)[n] = layer(src[n])"""
    (src, mask, padding, *weights), options = example
    for n, expected in enumerate(
        transformer_encoder_layer(src, mask, padding, *weights, **options)
    ):
        own = None if padding is None else padding[n : n + 1]
        masks = of_sequence(mask, n, len(src)), own
        (actual,) = transformer_encoder_layer(
            src[n : n + 1], *masks, *weights, **options
        )
        assert_equal(actual, expected)


@given(encoders())
def test_transformer_encoder_layer_masks_are_minus_infinity(example):
    """A bool mask is one of numbers: 0 where it is True, −∞ where it is False"""
    (src, mask, padding, *weights), options = example
    mask = np.tri(src.shape[1], dtype=bool) if mask is None else mask
    numbers = np.where(mask, 0, -np.inf) if mask.dtype == bool else mask
    left = transformer_encoder_layer(src, numbers, padding, *weights, **options)
    right = transformer_encoder_layer(src, mask, padding, *weights, **options)
    assert_equal(left, right)


# --- invariances


@given(encoders(), st.integers(-8, 8))
def test_transformer_encoder_layer_is_invariant_under_padding(example, number):
    """Whatever padding is, it does not reach a token: tokens are as without it"""
    (src, _, padding, *weights), options = example
    padding = np.ones(src.shape[:2], bool) if padding is None else padding
    changed = np.where(padding[..., None], src, number)
    left = transformer_encoder_layer(changed, None, padding, *weights, **options)
    for n, sequence in enumerate(src):
        tokens = sequence[None, padding[n]]
        (right,) = transformer_encoder_layer(tokens, None, None, *weights, **options)
        assert_equal(left[n, padding[n]], right)


@given(encoders(), st.randoms(use_true_random=False))
def test_transformer_encoder_layer_is_equivariant_under_permutations(example, random):
    """layer(src[:, order]) = layer(src)[:, order]: without positions, order is lost"""
    (src, _, padding, *weights), options = example
    order = random.sample(range(src.shape[1]), src.shape[1])
    src, weights = bounded(src), [w if w is None else bounded(w) for w in weights]
    moved = None if padding is None else padding[:, order]
    left = transformer_encoder_layer(src[:, order], None, moved, *weights, **options)
    right = transformer_encoder_layer(src, None, padding, *weights, **options)
    assert_equal(left, right[:, order])


@given(encoders(), st.integers(1, 3))
def test_transformer_encoder_layer_is_causal_if_its_mask_is(example, count):
    """layer(src)[:, :k] = layer(src[:, :k]) with a causal mask"""
    (src, _, _, *weights), options = example
    causal = np.tri(src.shape[1], dtype=bool)
    left = transformer_encoder_layer(src, causal, None, *weights, **options)
    short = src[:, :count], causal[:count, :count], None
    right = transformer_encoder_layer(*short, *weights, **options)
    assert_equal(left[:, :count], right)


# --- special cases


@given(encoders())
def test_transformer_encoder_layer_of_zero_weights_is_its_norms(example):
    """norm₂(norm₁(src)); with norm_first, src: the way around the sublayers is free"""
    (src, mask, padding, *weights), options = example
    zeros = [w if w is None else 0 * w for w in weights[:8]]
    norms = weights[8:]
    left = transformer_encoder_layer(src, mask, padding, *zeros, *norms, **options)
    right, eps = src, options["layer_norm_eps"]
    if not options["norm_first"]:
        for norm in (norms[:2], norms[2:]):
            right = layer_norm(right, *norm, normalized_shape=src.shape[2:], eps=eps)
    assert_equal(left, right)


@given(encoders())
def test_transformer_encoder_layer_that_sees_nothing_has_no_values(example):
    """Where a mask hides all, attention is its last bias, as if all values were 0"""
    (src, _, _, *weights), options = example
    d_model, hidden = src.shape[2], np.zeros((src.shape[1],) * 2, bool)
    left = transformer_encoder_layer(src, hidden, None, *weights, **options)
    for i in (0, 1):
        if weights[i] is not None:
            weights[i] = np.concatenate(
                [weights[i][:-d_model], 0 * weights[i][-d_model:]]
            )
    assert_equal(left, transformer_encoder_layer(src, None, None, *weights, **options))


# --- stacks


@given(encoders(depth=2))
def test_transformer_encoder_is_a_composition(example):
    """encoder(src) = layer₂(layer₁(src))"""
    (src, *masks), weights, options = example[0][:3], example[0][3:], example[1]
    x = transformer_encoder_layer(src, *masks, *weights[:12], **options)
    right = transformer_encoder_layer(x, *masks, *weights[12:], **options)
    assert_equal(transformer_encoder(src, *masks, *weights, **options), right)


@given(encoders(has_norm=True))
def test_transformer_encoder_norms_at_the_end(example):
    """encoder(src) = norm(layer(src)), whether or not norm_first"""
    (src, *masks), weights, options = example[0][:3], example[0][3:], example[1]
    x = transformer_encoder_layer(src, *masks, *weights[:12], **options)
    plain = {"normalized_shape": src.shape[2:], "eps": options["layer_norm_eps"]}
    right = layer_norm(x, *weights[12:], **plain)
    assert_equal(transformer_encoder(src, *masks, *weights, **options), right)


@given(encoders())
def test_transformer_encoder_of_no_layers_is_the_identity(example):
    """encoder(src) = src"""
    src, options = example[0][0], example[1]
    assert_equal(transformer_encoder(src, None, None, **options), src)


# --- errors


@given(encoders(), st.integers(0, 11))
def test_transformer_encoder_layer_rejects_another_number_of_weights(example, count):
    tensors, options = example
    with pytest.raises(ValueError, match=f"there are {count} weights"):
        transformer_encoder_layer(*tensors[: 3 + count], **options)
    if count not in (0, 2):
        with pytest.raises(ValueError, match=f"there are {count} weights"):
            transformer_encoder(*tensors[: 3 + count], **options)


@given(encoders())
def test_transformer_encoder_layer_rejects_what_its_sublayers_reject(example):
    tensors, options = example
    with pytest.raises(ValueError, match="num_heads is 7"):
        transformer_encoder_layer(*tensors, **{**options, "nhead": 7})
    with pytest.raises(ValueError, match="activation is 'tanh'"):
        transformer_encoder_layer(*tensors, **{**options, "activation": "tanh"})


# --- agreement


@pytest.mark.parametrize("way", ways("transformer_encoder_layer"))
@given(encoders())
def test_transformer_encoder_layer_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    is_trained = way == "transformer_encoder_layer"
    names = tensor_names(transformer_encoder_layer, len(tensors))
    options["constant"] = ("src_mask",) if is_trained else names
    agree(backend, transformer_encoder_layer, *tensors, way=way, **options)


STACKS = st.one_of(
    encoders(has_norm=True), encoders(depth=2), encoders(depth=2, has_norm=True)
)


@pytest.mark.parametrize("way", ways("transformer_encoder"))
@given(STACKS)
def test_transformer_encoder_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises.

    Without gradients: those of a layer are checked.
    """
    tensors, options = example
    options["constant"] = tensor_names(transformer_encoder, len(tensors))
    agree(backend, transformer_encoder, *tensors, way=way, **options)
