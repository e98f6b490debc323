"""The laws of reference/seq2seq/encoder_decoder.py, and agreement with backends."""

import numpy as np
import pytest
from hypothesis import given

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.recurrent.strategies import fine, on_bounds
from properties.seq2seq.strategies import (
    continuations,
    either,
    models,
    other_words,
    sequence,
    sources,
)
from reference.classification.softmax_regression import linear
from reference.masks.embedding import embedding
from reference.recurrent.layers import gru
from reference.seq2seq.encoder_decoder import (
    seq2seq,
    seq2seq_decoder,
    seq2seq_encoder,
)
from reference.seq2seq.teacher_forcing import shift_right

# --- an encoder


@given(sources(fine))
def test_seq2seq_encoder_does_not_see_padding(example):
    """With lengths, tokens past a sequence's end are of no account"""
    (tokens, lens, *weights), options = example
    lens = np.ones(len(tokens), int) if lens is None else lens
    past = np.arange(tokens.shape[1]) >= lens[:, None]
    other = np.where(past, other_words(tokens, len(weights[0])), tokens)
    left = seq2seq_encoder(other, lens, *weights, **options)
    for actual, expected in zip(
        left, seq2seq_encoder(tokens, lens, *weights, **options)
    ):
        assert_equal(actual, expected)


@given(sources(fine))
def test_seq2seq_encoder_of_full_lengths_needs_none(example):
    """encoder(tokens, time) = encoder(tokens, None)"""
    (tokens, _, *weights), options = example
    lens = np.full(len(tokens), tokens.shape[1])
    left = seq2seq_encoder(tokens, lens, *weights, **options)
    for actual, expected in zip(
        left, seq2seq_encoder(tokens, None, *weights, **options)
    ):
        assert_equal(actual, expected)


@given(sources(fine, bidirectional=False))
def test_seq2seq_encoder_leaves_the_state_of_the_last_token(example):
    """state[−1, n] = outputs[lens[n] − 1, n], and outputs past it are 0"""
    (tokens, lens, *weights), options = example
    outputs, state = seq2seq_encoder(tokens, lens, *weights, **options)
    lens = np.full(len(tokens), tokens.shape[1]) if lens is None else lens
    for n, length in enumerate(lens):
        assert_equal(state[-1, n], outputs[length - 1, n])
        assert_equal(outputs[length:, n], 0 * outputs[length:, n])


@given(sources(fine))
def test_seq2seq_encoder_reads_each_sequence_by_itself(example):
    """Row n of a batch is what the sequence is without the others"""
    (tokens, lens, *weights), options = example
    outputs, state = seq2seq_encoder(tokens, lens, *weights, **options)
    for n in range(len(tokens)):
        own = sequence(n, tokens, lens)
        output, last = seq2seq_encoder(*own, *weights, **options)
        assert_equal(outputs[:, n : n + 1], output)
        assert_equal(state[:, n : n + 1], last)


@given(sources(fine))
def test_seq2seq_encoder_looks_rows_up(example):
    """encoder(E, W) = encoder(I, W Eᵀ): embeddings are a layer on one-hot vectors"""
    (tokens, lens, *weights), options = example
    table, *weights = on_bounds(weights)
    one_hot, both = np.eye(len(table)), options["bidirectional"]
    first = [linear(weights[4 * k], table) for k in range(1 + both)]
    own = list(weights)
    own[: 4 * len(first) : 4] = first
    left = seq2seq_encoder(tokens, lens, *on_bounds([one_hot]), *own, **options)
    right = seq2seq_encoder(tokens, lens, table, *weights, **options)
    for actual, expected in zip(left, right):
        assert_equal(actual, expected)


# --- a decoder


@given(continuations(fine))
def test_seq2seq_decoder_hands_its_state_over(example):
    """decoder(x ++ y) = decoder(x), then decoder(y) from x's state, of one context"""
    (tokens, context, hx, *weights), options = example
    other = other_words(tokens, len(weights[0]))
    both = np.concatenate([tokens, other], axis=1)
    y, end = seq2seq_decoder(both, context, hx, *weights, **options)
    first, state = seq2seq_decoder(tokens, context, hx, *weights, **options)
    second, state = seq2seq_decoder(other, context, state, *weights, **options)
    assert_equal(y, np.concatenate([first, second], axis=1))
    assert_equal(end, state)


@given(continuations(fine, has_context=True))
def test_seq2seq_decoder_is_shown_the_context_as_a_bias(example):
    """W [e, c] + b = W_e e + (W_c c + b): a bias of a sequence's own, at each step"""
    (tokens, *tensors), options = example
    context, hx, table, weight, bias, first, *weights = on_bounds(tensors)
    y, _ = seq2seq_decoder(tokens, *on_bounds(tensors), **options)
    own, shown = np.split(first, [table.shape[1]], axis=1)
    for n in range(len(tokens)):
        shift = linear(context[n], shown, weights[1])
        cell = own, weights[0], shift, *weights[2:]
        x = np.swapaxes(embedding(tokens[n : n + 1], table), 0, 1)
        h, _ = gru(x, hx[:, n : n + 1], *cell, **options)
        assert_equal(y[n], linear(h[:, 0], weight, bias))


def small_model():
    """Two words, one unit, no biases in the layers: weights of encoder and decoder."""
    table, one = np.array([[1.0], [-2.0]]), np.ones((3, 1))
    weights = one, one, None, None, np.ones((3, 2)), one, None, None
    return table, table, np.array([[1.0], [-1.0]]), np.zeros(2), *weights


def test_seq2seq_decoder_keeps_the_encoders_context():
    """The book's predict_seq2seq takes the decoder's last state for context, step by
    step, and so does not compute what was trained: github.com/d2l-ai/d2l-en/issues/2134
    """
    source, target = np.array([[0, 1]]), np.array([[0, 1]])
    source_table, *rest = small_model()
    trained = seq2seq(source, None, target, source_table, *rest, bos=1)
    _, state = seq2seq_encoder(source, None, source_table, *rest[3:7])
    table, weight, bias, *cell = *rest[:3], *rest[7:]
    tail = table, weight, bias, *cell
    first, after = seq2seq_decoder(np.array([[1]]), state[-1], state, *tail)
    kept, _ = seq2seq_decoder(np.array([[0]]), state[-1], after, *tail)
    replaced, _ = seq2seq_decoder(np.array([[0]]), after[-1], after, *tail)
    assert_equal(trained, np.concatenate([first, kept], axis=1))
    assert abs(replaced - kept).max() > 0.01


# --- both


@given(models(fine))
def test_seq2seq_is_causal_in_the_target(example):
    """y[:, : t + 1] is the same whatever target[:, t], target[:, t + 1], … are"""
    (source, lens, target, *weights), options = example
    y = seq2seq(source, lens, target, *weights, **options)
    for t in range(target.shape[1]):
        other = target.copy()
        other[:, t:] = other_words(other[:, t:], len(weights[1]))
        left = seq2seq(source, lens, other, *weights, **options)
        assert_equal(left[:, : t + 1], y[:, : t + 1])


@given(models(fine))
def test_seq2seq_is_fed_the_gold_tokens_one_by_one(example):
    """y[:, t] = what the decoder says to target[:, t − 1], from its state at t − 1"""
    (source, lens, target, *weights), options = example
    bos, shown = options.pop("bos"), options.pop("has_context")
    y = seq2seq(source, lens, target, *weights, bos=bos, has_context=shown, **options)
    half = len(weights) // 2 - 2
    encoder, decoder = weights[4 : 4 + half], weights[4 + half :]
    _, state = seq2seq_encoder(source, lens, weights[0], *encoder, **options)
    context, token = state[-1] if shown else None, np.full((len(source), 1), bos)
    for t in range(target.shape[1]):
        rest = context, state, *weights[1:4], *decoder
        logits, state = seq2seq_decoder(token, *rest, **options)
        assert_equal(y[:, t : t + 1], logits)
        token = target[:, t : t + 1]


@given(models(fine))
def test_seq2seq_of_an_encoder_of_zeros_is_a_language_model(example):
    """The source is seen through the state alone: where that is 0, it does not count"""
    (source, lens, target, *weights), options = example
    half = len(weights) // 2 - 2
    zeros = [None if w is None else 0 * w for w in weights[4 : 4 + half]]
    decoder = weights[4 + half :]
    both = *weights[:4], *zeros, *decoder
    left = seq2seq(source, lens, target, *both, **options)
    bos, shown = options.pop("bos"), options.pop("has_context")
    hx = np.zeros((options["num_layers"], len(source), weights[2].shape[1]))
    inputs, context = shift_right(target, bos=bos), hx[-1] if shown else None
    right, _ = seq2seq_decoder(inputs, context, hx, *weights[1:4], *decoder, **options)
    assert_equal(left, right)


@given(models(fine))
def test_seq2seq_translates_each_sequence_by_itself(example):
    """Row n of a batch is what the pair of sequences is without the others"""
    (source, lens, target, *weights), options = example
    y = seq2seq(source, lens, target, *weights, **options)
    for n in range(len(source)):
        own = sequence(n, source, lens, target)
        assert_equal(y[n : n + 1], seq2seq(*own, *weights, **options))


def test_seq2seq_without_lengths_sees_padding():
    """The notes' state after the last step of the array is that of the padding, too"""
    padded, short = np.array([[0, 1, 1]]), np.array([[0]])
    model, target = small_model(), np.array([[0, 1]])
    seen = seq2seq(padded, None, target, *model, bos=1)
    hidden = seq2seq(padded, np.array([1]), target, *model, bos=1)
    assert_equal(hidden, seq2seq(short, None, target, *model, bos=1))
    assert abs(seen - hidden).max() > 0.01


# --- gradients


@given(models(fine))
def test_seq2seq_gradient_is_zero_for_tokens_that_are_not_shown(example):
    """∂y/∂E[k] = 0 for words k that are neither bos nor before the target's last"""
    (source, lens, target, *weights), options = example

    def scores(table):
        tables = weights[0], table, *weights[2:]
        return seq2seq(source, lens, target, *tables, **options)

    cotangent = np.ones((*target.shape, len(weights[2])))
    (slope,) = gradient(scores, [weights[1]], cotangent)
    shown = {options["bos"], *target[:, :-1].flat}
    for k in {*range(len(slope))} - shown:
        assert_equal(slope[k].astype(float), np.zeros(slope.shape[1]))


# --- errors

SOURCE, WORDS, HX = np.zeros((2, 1), int), np.zeros((1, 1)), np.zeros((1, 2, 1))
GRU = [np.zeros((3, 1)), np.zeros((3, 1)), None, None]
MODEL = [WORDS, WORDS, WORDS, np.zeros(1), *GRU, *GRU]


@pytest.mark.parametrize(
    ("tokens", "lens", "message"),
    [
        (SOURCE[0], None, "tokens has shape"),
        (SOURCE + 1, None, "input has 1; ids must be in"),
        (SOURCE, np.array([1, 0]), "from 1 to 1"),
        (SOURCE, np.array([1, 2]), "from 1 to 1"),
        (SOURCE, np.array([1]), "lengths has shape"),
    ],
)
def test_seq2seq_encoder_rejects_what_does_not_fit(tokens, lens, message):
    with pytest.raises(ValueError, match=message):
        seq2seq_encoder(tokens, lens, WORDS, *GRU)


def test_seq2seq_decoder_rejects_what_does_not_fit():
    rest = HX, WORDS, WORDS, np.zeros(1), *GRU
    for shape in [(1, 1), (3, 1), (2,), (2, 1, 1)]:
        with pytest.raises(ValueError, match="context has shape"):
            seq2seq_decoder(SOURCE, np.zeros(shape), *rest)
    with pytest.raises(ValueError, match="tokens has shape"):
        seq2seq_decoder(SOURCE[0], None, *rest)
    with pytest.raises(ValueError, match="input has -1"):
        seq2seq_decoder(SOURCE - 1, None, *rest)


def test_seq2seq_rejects_a_bos_that_is_no_word():
    with pytest.raises(ValueError, match="input has 1; ids must be in"):
        seq2seq(SOURCE, None, SOURCE, *MODEL, bos=1, has_context=False)


# --- agreement


@given(either(sources))
def test_seq2seq_encoder_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, seq2seq_encoder, *tensors, **options)


@given(either(continuations))
def test_seq2seq_decoder_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, seq2seq_decoder, *tensors, **options)


@given(either(models))
def test_seq2seq_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, seq2seq, *tensors, **options)
