"""The laws of reference/seq2seq/attention_decoder.py, and agreement with backends."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.recurrent.strategies import fine, on_bounds, size_of, split
from properties.seq2seq.strategies import (
    drawn_sizes,
    either,
    layer_shapes,
    lengths_of,
    other_words,
    tokens_of,
    wide_sizes,
)
from reference.attention.scoring import additive_attention
from reference.seq2seq.attention_decoder import bahdanau_decoder
from reference.seq2seq.encoder_decoder import seq2seq_decoder, seq2seq_encoder

# --- strategies


@st.composite
def attending(draw, elements, *, is_wide=False, least=1):
    """Tokens, an encoder's outputs, a state, lengths, and weights; and options."""
    sizes, flags, more = wide_sizes(draw) if is_wide else drawn_sizes(draw)
    batch, keys, words = (sizes[name] for name in ("batch", "source_time", "words"))
    hidden, num_layers = sizes["hidden"], sizes["num_layers"]
    features, units = 1 + more % 2, 1 + more // 2 % 2
    if is_wide and flags % 4 < 2:
        features, units = ((33, 1), (1, 33))[flags % 4]
    shapes = [(batch, keys, features), (num_layers, batch, hidden)]
    shapes += [(words, sizes["embedding"]), (units, hidden), (units, features)]
    shapes += [(units,), (words, hidden), (words,)]
    width = features + sizes["embedding"]
    shapes += layer_shapes(width, hidden, num_layers, has_biases=more // 4 % 8 != 1)
    tokens = tokens_of(draw, sizes, "batch", "time")
    lens = lengths_of(draw, sizes, "source_time", least=1 if is_wide else least)
    outputs, hx, *weights = split(draw(elements((size_of(shapes),))), shapes)
    lens = None if flags >> 2 & 3 == 1 else lens
    return (tokens, outputs, hx, lens, *weights), {"num_layers": num_layers}


def lengths_or_all(outputs, lens):
    return np.full(len(outputs), outputs.shape[1]) if lens is None else lens


# --- identities


@given(attending(fine, least=0))
def test_bahdanau_decoder_has_weights_for_each_step(example):
    """A row for each step, which sums to one; or to 0, if there is nothing to see"""
    (tokens, *tensors), options = example
    outputs, hx, lens, *weights = tensors
    own = *on_bounds([outputs, hx]), lens, *on_bounds(weights)
    *_, attention = bahdanau_decoder(tokens, *own, **options)
    assert attention.shape == (*tokens.shape, outputs.shape[1])
    sees = lengths_or_all(outputs, lens)[:, None] > 0
    right = np.broadcast_to(np.where(sees, 1.0, 0.0), tokens.shape)
    assert_equal(attention.sum(axis=-1), bounded(right))


@given(attending(fine))
def test_bahdanau_decoder_attends_as_additive_attention(example):
    """Σ_j a[t, j] · outputs[j] = additive_attention(h[t − 1], outputs, outputs)"""
    (tokens, outputs, hx, lens, *weights), options = example
    outputs, state, *weights = on_bounds([outputs, hx, *weights])
    for t in range(tokens.shape[1]):
        query = state[-1][:, None]
        right = additive_attention(query, outputs, outputs, *weights[1:4], lens)
        rest = outputs, state, lens, *weights
        _, state, a = bahdanau_decoder(tokens[:, t : t + 1], *rest, **options)
        assert_equal(np.stack([b @ keys for b, keys in zip(a, outputs)]), right)


@given(attending(fine))
def test_bahdanau_decoder_goes_step_by_step(example):
    """All steps at once are one after the other, each from the state before it"""
    (tokens, outputs, state, *rest), options = example
    steps = []
    for t in range(tokens.shape[1]):
        token = tokens[:, t : t + 1]
        *step, a = bahdanau_decoder(token, outputs, state, *rest, **options)
        steps.append((step[0], a))
        state = step[1]
    y, end, a = bahdanau_decoder(tokens, *example[0][1:], **options)
    assert_equal(end, state)
    for actual, expected in zip((y, a), zip(*steps)):
        assert_equal(actual, np.concatenate(expected, axis=1))


# --- invariances


@given(attending(fine))
def test_bahdanau_decoder_does_not_see_padding(example):
    """Past a source's end there may be NaN: its weights are 0"""
    (tokens, outputs, hx, lens, *weights), options = example
    past = np.arange(outputs.shape[1]) >= lengths_or_all(outputs, lens)[:, None]
    other = np.where(past[..., None], np.nan, outputs)
    left = bahdanau_decoder(tokens, other, hx, lens, *weights, **options)
    right = bahdanau_decoder(tokens, outputs, hx, lens, *weights, **options)
    for actual, expected in zip(left, right):
        assert_equal(actual, expected)
    hidden = np.broadcast_to(past[:, None], left[2].shape)
    assert (left[2][hidden] == 0).all()


@given(attending(fine), st.randoms(use_true_random=False))
def test_bahdanau_decoder_is_invariant_under_permutations_of_keys(example, random):
    """The source's order counts in its outputs alone: the weights move along"""
    (tokens, outputs, hx, _, *weights), options = example
    order = random.sample(range(outputs.shape[1]), outputs.shape[1])
    outputs, hx, *weights = on_bounds([outputs, hx, *weights])
    moved = bahdanau_decoder(tokens, outputs[:, order], hx, None, *weights, **options)
    y, state, a = bahdanau_decoder(tokens, outputs, hx, None, *weights, **options)
    for actual, expected in zip(moved, (y, state, a[..., order])):
        assert_equal(actual, expected)


@given(attending(fine))
def test_bahdanau_decoder_decodes_each_sequence_by_itself(example):
    """Row n of a batch is what the sequence is without the others"""
    (tokens, outputs, hx, lens, *weights), options = example
    y, state, a = bahdanau_decoder(*example[0], **options)
    for n in range(len(tokens)):
        at = slice(n, n + 1)
        own = tokens[at], outputs[at], hx[:, at], None if lens is None else lens[at]
        right = bahdanau_decoder(*own, *weights, **options)
        for actual, expected in zip((y[at], state[:, at], a[at]), right):
            assert_equal(actual, expected)


@given(attending(fine))
def test_bahdanau_decoder_attends_before_it_reads(example):
    """a[:, : t + 1] and y[:, :t] do not depend on tokens[:, t :]: it is causal"""
    (tokens, outputs, hx, lens, *weights), options = example
    y, _, a = bahdanau_decoder(*example[0], **options)
    for t in range(tokens.shape[1]):
        other = tokens.copy()
        other[:, t:] = other_words(other[:, t:], len(weights[0]))
        rest = outputs, hx, lens, *weights
        left, _, attention = bahdanau_decoder(other, *rest, **options)
        assert_equal(attention[:, : t + 1], a[:, : t + 1])
        assert_equal(left[:, :t], y[:, :t])


# --- special cases


@given(attending(fine))
def test_bahdanau_decoder_of_equal_keys_reduces_to_a_constant_context(example):
    """Equal outputs have equal weights, and are the context: `seq2seq_decoder`"""
    (tokens, outputs, hx, lens, *weights), options = example
    outputs = outputs[:, :1].repeat(outputs.shape[1], axis=1)
    count = lengths_or_all(outputs, lens)
    seen = np.arange(outputs.shape[1]) < count[:, None]
    outputs, hx, *weights = on_bounds([outputs, hx, *weights])
    y, _, a = bahdanau_decoder(tokens, outputs, hx, lens, *weights, **options)
    uniform = bounded(np.where(seen, 1.0, 0.0)) / bounded(count * 1.0)[:, None]
    assert_equal(a, np.broadcast_to(uniform[:, None], a.shape))
    table, _, _, _, *dense, first, back, b, c = weights[: 6 + 4]
    shown, own = np.split(first, [outputs.shape[2]], axis=1)
    cell = np.concatenate([own, shown], axis=1), back, b, c, *weights[10:]
    rest = outputs[:, 0], hx, table, *dense, *cell
    assert_equal(y, seq2seq_decoder(tokens, *rest, **options)[0])


@given(attending(fine))
def test_bahdanau_decoder_without_scores_attends_to_all_alike(example):
    """w_v = 0:  a[n, t, j] = 1 / valid_lens[n] for j < valid_lens[n]"""
    (tokens, outputs, hx, lens, *weights), options = example
    weights[3] = 0 * weights[3]
    *_, a = bahdanau_decoder(tokens, outputs, hx, lens, *weights, **options)
    count = lengths_or_all(outputs, lens)[:, None, None]
    right = np.where(np.arange(a.shape[2]) < count, 1 / count, 0)
    assert_equal(a, np.broadcast_to(right, a.shape))


def test_bahdanau_decoder_takes_outputs_batch_first():
    """The notes: an encoder's outputs are (batch, steps, hidden) before permute(1, 0,
    2); they are (steps, batch, hidden), and a decoder takes them with the axes swapped
    """
    gru = np.ones((3, 1)), np.ones((3, 1)), None, None
    source, table = np.array([[0, 1, 1], [1, 0, 1]]), np.array([[1.0], [-1.0]])
    outputs, state = seq2seq_encoder(source, None, table, *gru)
    assert outputs.shape == (3, 2, 1)
    one = np.ones((1, 1))
    cell = np.ones((3, 2)), *gru[1:]
    rest = state, None, table, one, one, np.ones(1), np.ones((2, 1)), np.zeros(2), *cell
    y, _, a = bahdanau_decoder(source[:, :2], np.swapaxes(outputs, 0, 1), *rest)
    assert (y.shape, a.shape) == ((2, 2, 2), (2, 2, 3))
    with pytest.raises(ValueError, match="must be of as many"):
        bahdanau_decoder(source[:, :2], outputs, *rest)


# --- errors


@pytest.mark.parametrize(
    ("tokens", "outputs", "lens", "message"),
    [
        (np.zeros(2, int), np.zeros((2, 1, 1)), None, "tokens has shape"),
        (np.zeros((2, 1), int), np.zeros((2, 1)), None, "enc_outputs has shape"),
        (np.zeros((2, 1), int), np.zeros((1, 1, 1)), None, "must be of as many"),
        (np.zeros((2, 1), int), np.zeros((2, 1, 1)), np.ones(1, int), "of as many"),
        (np.zeros((1, 1), int), np.zeros((2, 1, 1)), np.ones(1, int), "of as many"),
        (np.zeros((1, 1), int), np.zeros((2, 1, 1)), None, "must be of as many"),
        (np.zeros((3, 1), int), np.zeros((2, 1, 1)), None, "must be of as many"),
        (np.zeros((2, 1), int), np.zeros((2, 1, 1)), np.ones(3, int), "of as many"),
        (np.zeros((3, 1), int), np.zeros((2, 1, 1)), np.ones(3, int), "of as many"),
        (np.ones((2, 1), int), np.zeros((2, 1, 1)), None, "input has 1"),
    ],
)
def test_bahdanau_decoder_rejects_what_does_not_fit(tokens, outputs, lens, message):
    one = np.zeros((1, 1))
    dense = one, np.zeros(1)
    rest = one, one, one, np.zeros(1), *dense, np.zeros((3, 2)), np.zeros((3, 1))
    with pytest.raises(ValueError, match=message):
        bahdanau_decoder(tokens, outputs, np.zeros((1, 2, 1)), lens, *rest, None, None)


@pytest.mark.parametrize("shape", [(0, 2, 1), (1, 2, 1, 1), (2, 1)])
def test_bahdanau_decoder_rejects_a_state_that_is_not_of_layers(shape):
    one, state = np.zeros((1, 1)), np.zeros(shape)
    with pytest.raises(ValueError, match="hx has shape"):
        bahdanau_decoder(
            *(np.zeros((2, 1), int), np.zeros((2, 1, 1)), state, None),
            *(one, one, one, np.zeros(1), one, np.zeros(1)),
        )


# --- agreement


@given(either(partial(attending, least=0)))
def test_bahdanau_decoder_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, bahdanau_decoder, *tensors, **options)
