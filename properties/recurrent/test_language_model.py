"""The laws of reference/recurrent/language_model.py, and agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.recurrent.strategies import fine, gentle, on_bounds, size_of, split
from properties.strategies import codes, positive, sixteenths, whole_numbers
from reference.classification.log_softmax import log_softmax
from reference.classification.softmax_regression import linear
from reference.recurrent.cells import rnn_cell
from reference.recurrent.language_model import (
    latent_autoregressive,
    perplexity,
    predict_ch8,
    rnn_model,
)

WEIGHTS = "w_xh", "w_hh", "b_h", "w_hq", "b_q"

# --- strategies


@st.composite
def models(draw, elements, *, batch=2, time=3, has_state=True):
    """Tokens, a state or, if it may be, none, and weights of a language model."""
    ranges = (1, batch), (1, time), (2, 4), (1, 3), (0, 3)
    batch, time, vocabulary, hidden, kind = draw(whole_numbers(*ranges))
    tokens = draw(codes((batch, time))).astype(np.int64) % vocabulary
    state = (batch, hidden) if kind or has_state else None
    shapes = [state, (vocabulary, hidden), (hidden, hidden), (hidden,)]
    shapes += [(hidden, vocabulary), (vocabulary,)]
    return tokens, *split(draw(elements((size_of(shapes),))), shapes)


@st.composite
def epochs(draw, elements):
    """Mean losses of minibatches, and of how many tokens each is."""
    count = draw(whole_numbers((1, 6)))[0]
    return draw(elements((count,))), 1 + draw(codes((count,))).astype(np.int64)


# --- identities


@given(models(fine, has_state=False))
def test_rnn_model_looks_rows_up(model):
    """One-hot times a matrix is a row of it: h' = tanh(w_xh[x] + w_hhᵀ h + b_h)"""
    tokens, state, w_xh, w_hh, b_h, w_hq, b_q = model
    logits, last = rnn_model(*model)
    h = np.zeros((len(tokens), len(w_hh))) if state is None else state
    expected = []
    for x in tokens.T:
        h = rnn_cell(w_xh[x], h, np.eye(len(w_hh)), w_hh.T, b_h)
        expected.append(linear(h, w_hq.T, b_q))
    assert_equal(logits, np.concatenate(expected))
    assert_equal(last, h)


@given(models(fine))
def test_latent_autoregressive_is_the_model_a_step_later(model):
    """p(· | h[t]) is the softmax of what `rnn_model` says at x[t − 1]"""
    tokens = model[0]
    state, *weights = on_bounds(model[1:])
    log_probs = latent_autoregressive(tokens, state, *weights)
    logits, _ = rnn_model(tokens, state, *weights)
    logits = logits.reshape((*tokens.T.shape, -1))
    for t in range(1, tokens.shape[1]):
        assert_equal(log_probs[:, t], log_softmax(logits[t - 1], dim=-1))


@given(models(fine, batch=1, has_state=False), st.integers(0, 3))
def test_predict_ch8_takes_the_greatest_logit(model, num_preds):
    """x[t + 1] = argmax o[t] for all t past the prefix, of one run on all of it"""
    tokens, _, *weights = model
    prefix = tokens[0]
    text = predict_ch8(prefix, *weights, num_preds=num_preds)
    assert len(text) == len(prefix) + num_preds
    assert_equal(text[: len(prefix)], prefix)
    logits, _ = rnn_model(text[None], None, *weights)
    said = logits.argmax(axis=1)
    assert_equal(text[len(prefix) :], said[len(prefix) - 1 : len(text) - 1])


@given(epochs(sixteenths))
def test_perplexity_does_not_depend_on_minibatches(epoch):
    """Minibatches put together, with the mean of their tokens: the same number"""
    loss, count = bounded(epoch[0]), epoch[1]
    tokens = np.array([sum(count)])
    whole = sum(value * int(n) for value, n in zip(loss, count)) / int(tokens[0])
    right = perplexity(np.array([whole], object), tokens)
    assert_equal(perplexity(loss, count), right)


# --- algebra


@given(models(fine, batch=1), st.integers(0, 2), st.integers(0, 2))
def test_predict_ch8_goes_on_where_it_stopped(model, n, m):
    """predict(predict(x, n), m) = predict(x, n + m)"""
    tokens, _, *weights = model
    first = predict_ch8(tokens[0], *weights, num_preds=n)
    left = predict_ch8(first, *weights, num_preds=m)
    assert_equal(left, predict_ch8(tokens[0], *weights, num_preds=n + m))


@given(models(fine))
def test_rnn_model_hands_its_state_over(model):
    """The rows of x ++ y are those of x, then those of y from x's last state"""
    tokens, state, *weights = model
    other = (tokens + 1) % len(weights[0])
    both = np.concatenate([tokens, other], axis=1)
    logits, last = rnn_model(both, state, *weights)
    first, middle = rnn_model(tokens, state, *weights)
    second, end = rnn_model(other, middle, *weights)
    assert_equal(logits, np.concatenate([first, second]))
    assert_equal(last, end)


# --- invariances


@given(models(fine))
def test_latent_autoregressive_has_not_seen_what_it_predicts(model):
    """p(· | h[t]) is the same whatever x[t], x[t + 1], … are"""
    tokens, state, *weights = model
    log_probs = latent_autoregressive(*model)
    for t in range(tokens.shape[1]):
        other = tokens.copy()
        other[:, t:] = (other[:, t:] + 1) % len(weights[0])
        left = latent_autoregressive(other, state, *weights)
        assert_equal(left[:, : t + 1], log_probs[:, : t + 1])


@given(models(fine))
def test_latent_autoregressive_forgets_but_its_state(model):
    """Two histories with the same h have the same futures"""
    tokens, state, w_xh, w_hh, *rest = model
    tokens = np.concatenate([tokens, tokens], axis=1)
    other = tokens.copy()
    other[:, 0] = (other[:, 0] + 1) % len(w_xh)
    w_xh = np.broadcast_to(w_xh[:1], w_xh.shape)  # h[1] is the same for every x[0]
    left = latent_autoregressive(other, state, w_xh, w_hh, *rest)
    assert_equal(left, latent_autoregressive(tokens, state, w_xh, w_hh, *rest))


# --- bounds


@given(models(fine))
def test_latent_autoregressive_sums_to_one(model):
    """Σ_k p(k | h[t]) = 1"""
    log_probs = latent_autoregressive(model[0], *on_bounds(model[1:]))
    for row in log_probs.reshape(-1, log_probs.shape[-1]):
        assert_equal(sum(np.exp(number) for number in row), bounded(np.array(1.0))[()])


@given(epochs(positive))
def test_perplexity_is_bounded_by_one(epoch):
    """exp(mean) ≥ 1, as losses are not negative"""
    assert perplexity(*epoch) >= 1


# --- special cases


def test_rnn_model_has_shapes_of_the_notes():
    """X of 2 sequences of 5 tokens, 28 of them: logits (10, 28), a state (2, hidden)"""
    weights = np.zeros((28, 3)), np.zeros((3, 3)), np.zeros(3), np.zeros((3, 28))
    logits, state = rnn_model(np.arange(10).reshape(2, 5), None, *weights, np.zeros(28))
    assert logits.shape == (10, 28)
    assert state.shape == (2, 3)


def test_perplexity_of_perfect_and_of_guesses():
    """1 for a loss of 0; the size of the vocabulary for log of it; ∞ for ∞"""
    one = np.array([3])
    assert perplexity(np.zeros(1), one) == 1
    guess = perplexity(np.log(np.full(1, 28.0)), one)
    assert 27.99 < guess < 28.01
    assert perplexity(np.array([np.inf]), one) == np.inf


def test_perplexity_weighs_minibatches_by_their_tokens():
    """exp((0 · 3 + log 16 · 1) / 4) = 2, where the mean of means would say 4"""
    loss = bounded(np.array([0.0, 16.0]))
    loss[1] = np.log(loss[1])
    two = bounded(np.array(2.0))
    assert_equal(perplexity(loss, np.array([3, 1])), two)


# --- errors

ONE = np.zeros((1, 1)), np.zeros((1, 1)), np.zeros(1), np.zeros((1, 1)), np.zeros(1)


def test_rnn_model_rejects_a_token_that_there_is_not():
    with pytest.raises(ValueError, match="a token is 1; there are 1"):
        rnn_model(np.ones((1, 1), np.int64), None, *ONE)


def test_latent_autoregressive_rejects_a_token_that_there_is_not():
    with pytest.raises(ValueError, match="a token is -1; there are 1"):
        latent_autoregressive(-np.ones((1, 1), np.int64), np.zeros((1, 1)), *ONE)


@pytest.mark.parametrize(("tokens", "num_preds"), [([], 1), ([0], -1)])
def test_predict_ch8_rejects_no_prefix_and_no_end(tokens, num_preds):
    with pytest.raises(ValueError, match="there must be a token"):
        predict_ch8(np.array(tokens, np.int64), *ONE, num_preds=num_preds)


@pytest.mark.parametrize("outputs", [1, 3])
@pytest.mark.parametrize("num_preds", [0, 1])
def test_predict_ch8_rejects_outputs_that_are_no_tokens(outputs, num_preds):
    weights = np.zeros((2, 1)), *ONE[1:3], np.zeros((1, outputs)), np.zeros(outputs)
    with pytest.raises(ValueError, match="an output for each of the 2 tokens"):
        predict_ch8(np.array([0]), *weights, num_preds=num_preds)


@pytest.mark.parametrize("count", [[0, 0], [1]])
def test_perplexity_rejects_no_tokens_and_other_shapes(count):
    with pytest.raises(ValueError, match="of some tokens"):
        perplexity(np.zeros(2), np.array(count))


@pytest.mark.parametrize("shape", [(), (1, 1)])
def test_perplexity_rejects_what_is_no_sequence(shape):
    with pytest.raises(ValueError, match="of some tokens"):
        perplexity(np.zeros(shape), np.ones(shape, int))


# --- agreement


@given(models(gentle, has_state=False))
def test_rnn_model_agrees_with_backend(backend, model):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, rnn_model, *model)


@given(models(gentle))
def test_latent_autoregressive_agrees_with_backend(backend, model):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, latent_autoregressive, *model)


@given(models(gentle, batch=1), st.integers(0, 3))
def test_predict_ch8_agrees_with_backend(backend, model, num_preds):
    """The backend takes the definition's tokens, where its precision decides."""
    tokens, _, *weights = model
    options = {"constant": WEIGHTS, "num_preds": num_preds}
    agree(backend, predict_ch8, tokens[0], *weights, **options)


@given(epochs(positive))
def test_perplexity_agrees_with_backend(backend, epoch):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, perplexity, *epoch)
