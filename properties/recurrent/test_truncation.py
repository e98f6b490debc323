"""The laws of reference/recurrent/truncation.py, and its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.recurrent.strategies import fine, gentle, on_bounds, size_of, split
from properties.strategies import whole_numbers
from reference.recurrent.layers import rnn
from reference.recurrent.truncation import truncated_bptt

NAMES = "input", "hx", "weight_ih", "weight_hh", "bias", "cotangent"

# --- strategies


@st.composite
def sequences(draw, elements):
    """A sequence, a state, weights, and what outputs are weighted with; and options."""
    time, features, hidden, steps = draw(whole_numbers((1, 5), (1, 2), (1, 2), (1, 5)))
    weights = (hidden, features), (hidden, hidden), (hidden,)
    shapes = [(time, features), (hidden,), *weights, (time, hidden)]
    return split(draw(elements((size_of(shapes),))), shapes), {"steps": steps}


# --- identities


@given(sequences(fine))
def test_truncated_bptt_of_one_chunk_is_the_gradient(example):
    """Σ over paths = what reverse differentiation gives, if nothing is cut"""
    *tensors, cotangent = on_bounds(example[0])

    def outputs(x, h, weight_ih, weight_hh, bias):
        return rnn(x, h[None], weight_ih, weight_hh, bias, None)[0]

    expected = gradient(outputs, tensors, cotangent)[1:]
    actual = truncated_bptt(*tensors, cotangent, steps=len(cotangent))
    for left, right in zip(actual, expected):
        assert_equal(left, right)


@given(sequences(fine))
def test_truncated_bptt_sums_over_chunks(example):
    """Each chunk by itself, from the state it begins with: their gradients' sum"""
    (x, h, *weights, cotangent), options = example
    states = rnn(x, h[None], *weights, None)[0]
    sums = None
    for t in range(0, len(x), options["steps"]):
        now, end = states[t - 1] if t else h, t + options["steps"]
        part = on_bounds([x[t:end], now, *weights, cotangent[t:end]])
        _, *more = truncated_bptt(*part, **options)
        sums = more if sums is None else [a + b for a, b in zip(sums, more)]
    actual = truncated_bptt(*on_bounds(example[0]), **options)
    for left, right in zip(actual[1:], sums):
        assert_equal(left, right)


@given(sequences(fine))
def test_truncated_bptt_is_homogeneous_in_the_cotangent(example):
    """Twice the losses, twice the gradients: g(2 c) = 2 g(c)"""
    (*tensors, cotangent), options = example
    left = truncated_bptt(*tensors, 2 * cotangent, **options)
    right = truncated_bptt(*tensors, cotangent, **options)
    for actual, expected in zip(left, right):
        assert_equal(actual, 2 * expected)


# --- special cases


@given(sequences(fine))
def test_truncated_bptt_gives_its_first_state_the_first_chunk(example):
    """∂ / ∂hx sees no loss past the first chunk, and no path of it is cut"""
    (x, h, *weights, cotangent), options = example
    steps = options["steps"]
    first = truncated_bptt(x[:steps], h, *weights, cotangent[:steps], steps=steps)
    assert_equal(truncated_bptt(*example[0], **options)[0], first[0])


def test_truncated_bptt_leaves_out_what_is_cut():
    """h[1] = w · h[0] at 0: the path through two steps is there, and cut it is not"""
    x, zero, one = np.zeros((2, 1)), np.zeros(1), np.ones((1, 1))
    cotangent = np.array([[0.0], [1.0]])
    whole = truncated_bptt(x, zero, one, one, zero, cotangent, steps=2)
    cut = truncated_bptt(x, zero, one, one, zero, cotangent, steps=1)
    assert whole[3] == 2  # ∂h[1] / ∂bias = 1 + weight_hh
    assert cut[3] == 1
    assert (whole[0], cut[0]) == (1, 0)


# --- errors


def test_truncated_bptt_rejects_no_steps_and_other_shapes():
    one = [np.zeros((2, 1)), np.zeros(1), np.ones((1, 1)), np.ones((1, 1)), np.zeros(1)]
    with pytest.raises(ValueError, match="steps is 0"):
        truncated_bptt(*one, np.zeros((2, 1)), steps=0)
    with pytest.raises(ValueError, match="cotangent has shape"):
        truncated_bptt(*one, np.zeros((1, 1)), steps=1)


# --- agreement


@given(sequences(gentle))
def test_truncated_bptt_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, truncated_bptt, *tensors, constant=NAMES, **options)
