"""The laws of reference/recurrent/minibatches.py, and its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.recurrent.strategies import cell_shapes, fine, gentle, size_of, split
from properties.strategies import whole_numbers
from reference.recurrent.layers import rnn
from reference.recurrent.minibatches import rnn_on_minibatches

# --- strategies


@st.composite
def minibatches(draw, elements):
    """Minibatches of sequences, and a layer's weights."""
    ranges = (1, 3), (1, 2), (1, 2), (1, 2), (1, 2), (0, 3)
    count, time, batch, features, hidden, flags = draw(whole_numbers(*ranges))
    weights = cell_shapes(1, features, hidden, has_biases=flags > 0)
    shapes = [(count, time, batch, features), *weights]
    return split(draw(elements((size_of(shapes),))), shapes)


# --- identities


@given(minibatches(fine))
def test_rnn_on_minibatches_in_order_is_one_long_run(tensors):
    """Minibatch after minibatch, the state handed over: all of time at one go"""
    x, *weights = tensors
    outputs, state = rnn_on_minibatches(*tensors, use_random_iter=False)
    long, last = rnn(np.concatenate(x), None, *weights)
    assert_equal(np.concatenate(outputs), long)
    assert_equal(state, last)


@given(minibatches(fine))
def test_rnn_on_minibatches_at_random_begins_again(tensors):
    """Each minibatch from zeros: they may come in any order"""
    x, *weights = tensors
    outputs, state = rnn_on_minibatches(*tensors, use_random_iter=True)
    other, _ = rnn_on_minibatches(x[::-1], *weights, use_random_iter=True)
    assert_equal(outputs[::-1], other)
    assert_equal(state, rnn(x[-1], None, *weights)[1])


# --- errors


@pytest.mark.parametrize("shape", [(1, 1, 1), (0, 1, 1, 1), (1, 1, 1, 1, 1)])
def test_rnn_on_minibatches_rejects_what_is_none(shape):
    one = np.zeros((1, 1))
    with pytest.raises(ValueError, match="one minibatch at least"):
        rnn_on_minibatches(np.zeros(shape), one, one, None, None, use_random_iter=True)


# --- agreement


@given(minibatches(gentle), st.booleans())
def test_rnn_on_minibatches_agrees_with_backend(backend, tensors, use_random_iter):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, rnn_on_minibatches, *tensors, use_random_iter=use_random_iter)
