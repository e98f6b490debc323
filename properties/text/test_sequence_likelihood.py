"""The laws of reference/text/sequence_likelihood.py, then agreement with backends."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, agree_exactly, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.strategies import (
    codes,
    ordinary,
    sixteenths,
    whole_numbers,
    wide,
    with_masked,
)
from reference.classification.cross_entropy import cross_entropy
from reference.classification.softmax import softmax
from reference.generative.densities import image_log_likelihood
from reference.recurrent.language_model import perplexity
from reference.text.sequence_likelihood import autoregressive_log_prob, token_perplexity

# --- strategies

SIZES = ((3, 2), (4, 33), (1, 5), (33, 2), (0, 3), (3, 1), (2, 65), (65, 2))
"""Steps and vocabularies, some longer than a vector."""


@st.composite
def texts(draw, elements, sizes=SIZES, min_batch=0):
    """Logits of each token, and the tokens that come."""
    batch, size = draw(whole_numbers((min_batch, 3), (0, len(sizes) - 1)))
    steps, vocabulary = sizes[size]
    batch = min(batch, 1) if steps * vocabulary > 64 else batch
    logits = draw(elements((batch, steps, vocabulary)))
    tokens = draw(codes((batch, steps))).astype(np.int64)
    return logits, tokens % vocabulary


@st.composite
def ignoring(draw, elements):
    """The same, some tokens of which, not the first, are ignored, and by which id."""
    logits, tokens = draw(texts(elements, sizes=SIZES[:4] + SIZES[5:], min_batch=1))
    vocabulary = logits.shape[2]
    ignore_index = draw(st.sampled_from([-100, 0, -1, 1] if vocabulary > 1 else [-1]))
    tokens = np.where(draw(codes(tokens.shape)) % 4 == 1, ignore_index, tokens)
    tokens[0, 0] = (ignore_index + 1) % vocabulary
    return (logits, tokens), {"ignore_index": ignore_index}


def gentle(shape):
    """Logits whose losses have an exponential."""
    return ordinary(shape).map(lambda x: x / 16)


SMALL = texts(gentle, sizes=SIZES[:1] + SIZES[2:3], min_batch=1)


# --- identities


@given(sixteenths((4, 3)))
def test_autoregressive_log_prob_is_one_over_all_sequences(table):
    """Σ_x p(x) = 1, where each token's logits are made of the token before it"""
    every = np.array([*itertools.product(range(3), repeat=3)])
    before = np.pad(every[:, :-1], [(0, 0), (1, 0)], constant_values=3)
    log_prob = autoregressive_log_prob(bounded(table)[before], every)
    assert_equal(np.array(sum(np.exp(log_prob))), np.array(1.0))


@given(texts(wide))
def test_autoregressive_log_prob_is_the_likelihood_of_a_row_of_pixels(text):
    """Tokens are pixels with a level each: `image_log_likelihood`"""
    logits, tokens = text
    left = autoregressive_log_prob(bounded(logits), tokens)
    right = image_log_likelihood(bounded(np.moveaxis(logits, 2, 1)), tokens)
    assert_equal(left, right)


@given(SMALL)
def test_token_perplexity_is_that_of_the_log_probability(text):
    """y = exp(−Σ_n log p(x[n]) / tokens)"""
    logits, tokens = bounded(text[0]), text[1]
    total = sum(autoregressive_log_prob(logits, tokens))
    right = np.exp(-total / tokens.size)
    assert_equal(token_perplexity(logits, tokens), np.array(right))


@given(SMALL)
def test_token_perplexity_is_one_over_the_mean_probability(text):
    """y^tokens · Π p = 1: the geometric mean"""
    logits, tokens = bounded(text[0]), text[1]
    probs = softmax(logits, dim=-1)
    product = np.prod([probs[*i, v] for i, v in np.ndenumerate(tokens)])
    left = token_perplexity(logits, tokens)[()] ** tokens.size * product
    assert_equal(np.array(left), np.array(1.0))


@given(SMALL, SMALL)
def test_token_perplexity_is_the_perplexity_of_minibatches(one, other):
    """Their mean losses, weighed by their tokens: how text is cut does not matter"""
    losses, counts = [], []
    for logits, tokens in (one, other):
        rows = bounded(logits).reshape(-1, logits.shape[-1])
        losses.append(cross_entropy(rows, tokens.reshape(-1))[()])
        counts.append(tokens.size)
    left = perplexity(np.array(losses, object), np.array(counts))
    powers = [token_perplexity(bounded(x), v)[()] ** v.size for x, v in (one, other)]
    assert_equal(np.array(left[()] ** sum(counts)), np.array(powers[0] * powers[1]))


# --- algebra


@given(texts(wide), st.integers(0, 65))
def test_autoregressive_log_prob_is_additive_over_steps(text, cut):
    """log p(x) = log p(x_1, …, x_t) + log p(x_{t + 1}, … | x_1, …, x_t)"""
    logits, tokens = bounded(text[0]), text[1]
    left = autoregressive_log_prob(logits, tokens)
    right = autoregressive_log_prob(logits[:, :cut], tokens[:, :cut])
    right = right + autoregressive_log_prob(logits[:, cut:], tokens[:, cut:])
    assert_equal(left, right)


# --- invariances


@given(SMALL, st.integers(-8, 8))
def test_token_perplexity_is_invariant_under_a_shift_of_logits(text, by):
    """Logits are known but for one number for each token"""
    logits, tokens = bounded(text[0]), text[1]
    left = token_perplexity(logits + by, tokens)
    assert_equal(left, token_perplexity(logits, tokens))


@given(SMALL)
def test_token_perplexity_is_invariant_under_batching(text):
    """One sequence behind another, or in rows, in whatever order"""
    logits, tokens = bounded(text[0]), text[1]
    left = token_perplexity(logits[::-1], tokens[::-1])
    flat = logits.reshape(1, -1, logits.shape[-1]), tokens.reshape(1, -1)
    assert_equal(left, token_perplexity(*flat))


@given(SMALL, st.integers(0, 4))
def test_token_perplexity_does_not_see_ignored_tokens(text, length):
    """Padding behind the text changes nothing, whatever is scored there"""
    logits, tokens = text
    scores = np.full((len(logits), length, logits.shape[2]), 7.0)
    padded = np.concatenate([logits, scores], 1)
    marked = np.pad(tokens, [(0, 0), (0, length)], constant_values=-1)
    left = token_perplexity(bounded(padded), marked, ignore_index=-1)
    assert_equal(left, token_perplexity(bounded(logits), tokens))


# --- bounds


@given(SMALL)
def test_token_perplexity_is_bounded_by_one(text):
    """y ≥ 1, as log p ≤ 0"""
    y = token_perplexity(bounded(text[0]), text[1])[()]
    assert y.value + y.error >= 1


# --- special cases


@pytest.mark.parametrize("vocabulary", [1, 2, 28])
def test_token_perplexity_of_a_guess_is_the_size_of_the_vocabulary(vocabulary):
    """Equal logits: exp(log V) = V, whichever tokens come"""
    tokens = np.array([[0, vocabulary - 1]])
    left = token_perplexity(bounded(np.zeros((1, 2, vocabulary))), tokens)
    assert_equal(left, np.array(float(vocabulary)))


def test_token_perplexity_of_certainty_is_one_and_of_the_impossible_infinite():
    """The notes' Σ_i of a summand in t, corrected: exp of the mean over t"""
    logits = np.array([[[0.0, -np.inf], [0.0, -np.inf]]])
    one, infinite = (token_perplexity(logits, np.array([t])) for t in ([0, 0], [0, 1]))
    assert_equal(one, np.array(1.0))
    assert_equal(infinite, np.array(np.inf))


def test_token_perplexity_of_nothing_is_not_a_number():
    """All tokens ignored: 0 / 0"""
    with np.errstate(invalid="ignore"):
        y = token_perplexity(np.zeros((1, 1, 2)), np.array([[9]]), ignore_index=9)
    assert_equal(y, np.array(np.nan))


def test_autoregressive_log_prob_of_no_tokens_is_zero():
    """p(∅) = 1, the empty product"""
    left = autoregressive_log_prob(np.zeros((2, 0, 3)), np.zeros((2, 0), int))
    assert_equal(left, np.zeros(2))


# --- gradients


@given(SMALL)
def test_token_perplexity_pulls_towards_the_tokens(text):
    """∂y/∂logits = y / tokens · (softmax − one-hot)"""
    logits, tokens = bounded(text[0]), text[1]
    one = bounded(np.array(1.0))
    (left,) = gradient(lambda z: token_perplexity(z, tokens), [logits], one)
    hot = np.eye(logits.shape[2])[tokens]
    right = (softmax(logits, dim=-1) - hot) * token_perplexity(logits, tokens)[()]
    assert_equal(left, right / tokens.size)


# --- errors


@pytest.mark.parametrize("function", [autoregressive_log_prob, token_perplexity])
@pytest.mark.parametrize("shape", [(2, 3), (1, 3, 4), (2, 2, 4), (2, 3, 4, 1)])
def test_autoregressive_log_prob_and_token_perplexity_reject_shapes(function, shape):
    with pytest.raises(ValueError, match="logits has shape"):
        function(np.zeros(shape), np.zeros((2, 3), int))


@pytest.mark.parametrize("function", [autoregressive_log_prob, token_perplexity])
@pytest.mark.parametrize("token", [-1, 4])
def test_autoregressive_log_prob_and_token_perplexity_reject_tokens(function, token):
    with pytest.raises(ValueError, match="there are 4"):
        function(np.zeros((1, 1, 4)), np.array([[token]]))


# --- agreement


@given(texts(wide))
def test_autoregressive_log_prob_agrees_with_backend(backend, text):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, autoregressive_log_prob, *text)


@given(texts(with_masked))
def test_autoregressive_log_prob_agrees_with_backend_on_masked_logits(backend, text):
    """A token that is ruled out makes a text impossible, −∞; NaN stays."""
    agree(backend, autoregressive_log_prob, *text)


@given(ignoring(gentle))
def test_token_perplexity_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    text, options = example
    agree(backend, token_perplexity, *text, **options)


def test_token_perplexity_of_nothing_agrees_with_backend(backend):
    """All tokens ignored: NaN, too."""
    text = np.zeros((1, 2, 3)), np.array([[-1, -1]])
    agree_exactly(backend, token_perplexity, *text, ignore_index=-1)
