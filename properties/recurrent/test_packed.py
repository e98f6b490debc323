"""The laws of reference/recurrent/packed.py, then its agreement with the backends."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.recurrent.strategies import fine, gentle, packs
from reference.recurrent.layers import gru, lstm, rnn
from reference.recurrent.packed import packed_gru, packed_lstm, packed_rnn

KINDS = {packed_rnn: (1, 1, rnn), packed_gru: (3, 1, gru), packed_lstm: (4, 2, lstm)}
"""Of each kind, how many gates and states it has, and what it is without lengths."""

each_kind = pytest.mark.parametrize("packed", KINDS, ids=lambda kind: kind.__name__)

# --- strategies


@st.composite
def runs(draw, packed, elements=fine, **limits):
    """Batches of sequences, time first, lengths, states and weights; and options."""
    gates, count, _ = KINDS[packed]
    (x, lengths, *rest), options = draw(packs(gates, elements, states=count, **limits))
    x = np.swapaxes(x, 0, 1) if options["batch_first"] else x
    options["batch_first"] = False
    return x, lengths, rest[:count], rest[count:], options


def plain(options):
    """The options that there are without lengths."""
    return {name: options[name] for name in ("num_layers", "bidirectional")}


# --- identities


@each_kind
@given(data=st.data())
def test_packed_rnn_lstm_and_gru_of_full_lengths_are_plain(packed, data):
    """Where each sequence is as long as the array, packing changes nothing"""
    x, _, states, weights, options = data.draw(runs(packed), "run")
    lengths = np.full(x.shape[1], len(x))
    left = packed(x, lengths, *states, *weights, **options)
    right = KINDS[packed][2](x, *states, *weights, **plain(options))
    for actual, expected in zip(left, right):
        assert_equal(actual, expected)


@each_kind
@given(data=st.data())
def test_packed_rnn_lstm_and_gru_are_masked_runs(packed, data):
    """One layer forwards: past its end a sequence keeps its state, and puts out 0"""
    limits = {"most": 1, "bidirectional": False}
    x, lengths, states, weights, options = data.draw(runs(packed, **limits), "run")
    layer, now, outputs = KINDS[packed][2], states, []
    for t in range(max(lengths)):
        runs_on = (t < lengths)[:, None]
        output, *step = layer(x[t : t + 1], *now, *weights, **plain(options))
        outputs.append(np.where(runs_on, output[0], 0))
        now = step if t == 0 else [*map(partial(np.where, runs_on), step, now)]
    output, *ends = packed(x, lengths, *states, *weights, **options)
    assert_equal(output, np.stack(outputs))
    for actual, expected in zip(ends, now):
        assert_equal(actual, expected)


# --- invariances


@each_kind
@given(data=st.data())
def test_packed_rnn_lstm_and_gru_do_not_see_padding(packed, data):
    """What stands past a sequence's end is of no account, in both directions"""
    x, lengths, states, weights, options = data.draw(runs(packed), "run")
    is_padding = np.arange(len(x))[:, None] >= lengths
    other = np.where(is_padding[..., None], np.nan, x)
    left = packed(other, lengths, *states, *weights, **options)
    right = packed(x, lengths, *states, *weights, **options)
    for actual, expected in zip(left, right):
        assert_equal(actual, expected)


@each_kind
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_packed_rnn_lstm_and_gru_are_equivariant_under_reordering(packed, data, random):
    """Sequences in another order: outputs and last states in that order"""
    x, lengths, states, weights, options = data.draw(runs(packed), "run")
    options["enforce_sorted"] = False
    order = random.sample(range(len(lengths)), len(lengths))
    moved = [None if state is None else state[:, order] for state in states]
    left = packed(x[:, order], lengths[order], *moved, *weights, **options)
    right = packed(x, lengths, *states, *weights, **options)
    for actual, expected in zip(left, right):
        assert_equal(actual, expected[:, order])


# --- errors

X, ONE = np.zeros((2, 3, 1)), [np.zeros((1, 1)), np.zeros((1, 1)), None, None]


@pytest.mark.parametrize(
    ("x", "lengths", "message"),
    [
        (X[0], [1, 1, 1], "input has shape"),
        (X[None], [1, 1, 1], "input has shape"),
        (X, [1, 1], "lengths has shape"),
        (X, [1, 1, 1, 1], "lengths has shape"),
        (X[:, :0], [], "and not empty"),
        (X, [2, 1, 0], "from 1 to 2"),
        (X, [3, 2, 1], "from 1 to 2"),
        (X, [1, 2, 1], "enforce_sorted"),
    ],
)
def test_packed_rnn_rejects_what_does_not_fit(x, lengths, message):
    with pytest.raises(ValueError, match=message):
        packed_rnn(x, np.array(lengths, np.int64), None, *ONE)


@each_kind
@pytest.mark.parametrize("shape", [(), (1,), (1, 2, 1)])
def test_packed_rnn_lstm_and_gru_reject_states_of_other_sequences(packed, shape):
    """X has three sequences"""
    gates, states, _ = KINDS[packed]
    weights = [np.zeros((gates, 1)), np.zeros((gates, 1)), *[None] * (states + 1)]
    with pytest.raises(ValueError, match="hx has shape"):
        packed(X, np.array([2, 2, 1]), *[np.zeros(shape)] * states, *weights)


def test_packed_lstm_rejects_what_does_not_fit():
    weights = [np.zeros((4, 1)), np.zeros((4, 1)), None, None, None]
    with pytest.raises(ValueError, match="enforce_sorted"):
        packed_lstm(X, np.array([1, 2, 1]), None, None, *weights)


def test_packed_gru_rejects_what_does_not_fit():
    weights = [np.zeros((3, 1)), np.zeros((3, 1)), None, None]
    with pytest.raises(ValueError, match="from 1 to 2"):
        packed_gru(X, np.array([2, 1, 0]), None, *weights)


# --- agreement


@given(packs(1, gentle), st.sampled_from(["tanh", "relu"]))
def test_packed_rnn_agrees_with_backend(backend, example, nonlinearity):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, packed_rnn, *tensors, nonlinearity=nonlinearity, **options)


@given(packs(4, gentle, states=2))
def test_packed_lstm_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, packed_lstm, *tensors, **options)


@given(packs(3, gentle))
def test_packed_gru_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, packed_gru, *tensors, **options)
