"""The laws of reference/recurrent/captioning.py, and its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.recurrent.strategies import fine, gentle, on_bounds, size_of, split
from properties.strategies import codes, whole_numbers
from reference.classification.softmax_regression import linear
from reference.recurrent.captioning import caption_rnn, generate_caption
from reference.recurrent.layers import rnn

NAMES = "embedding", "image", "w_xh", "w_hh", "w_ih", "w_hy"

# --- strategies


@st.composite
def captions(draw, elements, *, lead=None):
    """Vectors of words, images' features, and weights.

    Of captions as they are, or, of one image, those of all words.
    """
    ranges = (1, 2), (1, 3), (1, 2), (1, 2), (1, 2), (2, 4)
    batch, time, embedding, hidden, features, words = draw(whole_numbers(*ranges))
    shapes = [(batch, time, embedding), (batch, features)]
    if lead == "vocabulary":
        shapes = [(words, embedding), (features,)]
    shapes += [(hidden, embedding), (hidden, hidden), (hidden, features)]
    shapes.append((words, hidden))
    return split(draw(elements((size_of(shapes),))), shapes)


# --- causality


@given(captions(fine))
def test_caption_rnn_is_causal_in_words(tensors):
    """y[:, :t] is of the first t words"""
    words, *rest = tensors
    y = caption_rnn(*tensors)
    for t in range(1, words.shape[1]):
        assert_equal(y[:, :t], caption_rnn(words[:, :t], *rest))


# --- special cases


@given(captions(fine))
def test_caption_rnn_without_an_image_is_a_language_model(tensors):
    """w_ih = 0:  y[t] = w_hy · h[t] of an rnn on words alone"""
    words, image, w_xh, w_hh, w_ih, w_hy = on_bounds(tensors)
    left = caption_rnn(words, image, w_xh, w_hh, 0 * w_ih, w_hy)
    h, _ = rnn(words, None, w_xh, w_hh, None, None, batch_first=True)
    assert_equal(left, linear(h, w_hy))


@given(captions(fine))
def test_caption_rnn_shows_the_image_as_a_bias(tensors):
    """w_ih · v is added at each step, as a bias of an image's own is"""
    words, image, w_xh, w_hh, w_ih, w_hy = on_bounds(tensors)
    left = caption_rnn(words, image, w_xh, w_hh, w_ih, w_hy)
    for n, bias in enumerate(linear(image, w_ih)):
        h, _ = rnn(words[n], None, w_xh, w_hh, bias, None)
        assert_equal(left[n], linear(h, w_hy))


@given(captions(fine, lead="vocabulary"), st.integers(1, 4), codes((2,)))
def test_generate_caption_stops(tensors, most, code):
    """At the first `end`, or after `most` words; not at a start that is `end`"""
    start, end = (int(k) % 2 for k in code)
    options = {"start": start, "end": end}
    caption = generate_caption(*tensors, **options, most=most)
    assert 1 <= len(caption) <= most
    assert end not in caption[:-1]
    assert len(caption) == most or caption[-1] == end
    shorter = generate_caption(*tensors, **options, most=1)
    assert_equal(shorter, caption[:1])


@given(captions(fine, lead="vocabulary"), st.integers(1, 3))
def test_generate_caption_takes_the_greatest_logit(tensors, most):
    """Each word is the argmax of what the words before it make likely"""
    embedding, image, *weights = tensors
    caption = generate_caption(*tensors, start=0, end=1, most=most)
    words = embedding[[0, *caption[:-1]]][None]
    y = caption_rnn(words, image[None], *weights)[0]
    assert_equal(caption, y.argmax(axis=1))


def test_generate_caption_ends_at_a_word_of_a_large_vocabulary():
    """end is word 299 of 300, and the first"""
    w_hy = np.eye(300)[:, 299:]
    options = {"start": 0, "end": 299, "most": 3}
    one = np.ones((1, 1))
    caption = generate_caption(np.ones((300, 1)), one[0], *[one] * 3, w_hy, **options)
    assert_equal(caption, np.array([299]))


# --- errors

ONE = [np.zeros((1, 1))] * 4


def test_caption_rnn_takes_many_captions():
    outputs = caption_rnn(np.zeros((300, 1, 1)), np.zeros((300, 1)), *ONE)
    assert len(outputs) == 300


@pytest.mark.parametrize(
    ("words", "image"),
    [
        *[((2, 1, 1), (1, 1)), ((1, 1, 1), (2, 1))],
        *[((1, 1), (1, 1)), ((1, 1, 1, 1), (1, 1))],
        *[((1, 1, 1), (1,)), ((1, 1, 1), (1, 1, 1))],
    ],
)
def test_caption_rnn_rejects_what_does_not_fit(words, image):
    with pytest.raises(ValueError, match="words and image have shapes"):
        caption_rnn(np.zeros(words), np.zeros(image), *ONE)


@pytest.mark.parametrize(
    ("start", "end", "most"), [(1, 0, 1), (-1, 0, 1), (0, -1, 1), (0, 1, 1), (0, 0, 0)]
)
def test_generate_caption_rejects_what_is_no_word(start, end, most):
    options = {"start": start, "end": end, "most": most}
    with pytest.raises(ValueError, match="start, end and most"):
        generate_caption(np.zeros((1, 1)), np.zeros(1), *ONE, **options)


# --- agreement


@given(captions(gentle))
def test_caption_rnn_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, caption_rnn, *tensors)


@given(captions(gentle, lead="vocabulary"), st.integers(1, 3))
def test_generate_caption_agrees_with_backend(backend, tensors, most):
    """The backend says the definition's words, where its precision decides."""
    options = {"start": 0, "end": 1, "most": most}
    agree(backend, generate_caption, *tensors, constant=NAMES, **options)
