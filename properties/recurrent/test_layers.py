"""The laws of reference/recurrent/layers.py, then its agreement with the backends."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.recurrent.strategies import fine, gentle, on_bounds, stacks, wide_stacks
from properties.strategies import fractions
from reference.recurrent.cells import lstm_cell, rnn_cell
from reference.recurrent.gru_cell import gru_cell
from reference.recurrent.layers import gru, lstm, rnn

NONLINEARITIES = st.sampled_from(["tanh", "relu"])
KINDS = {rnn: (1, 1, rnn_cell), gru: (3, 1, gru_cell), lstm: (4, 2, lstm_cell)}
"""Of each kind of layers, how many gates and how many states it has, and its cell."""

each_kind = pytest.mark.parametrize("layers", KINDS, ids=lambda kind: kind.__name__)

# --- strategies


@st.composite
def runs(draw, layers, elements=fine, **limits):
    """Batches of sequences, time first, their states and weights, and options."""
    gates, count, _ = KINDS[layers]
    (x, *rest), options = draw(stacks(gates, elements, states=count, **limits))
    states, weights = rest[:count], rest[count:]
    if x.ndim == 2:
        x, states = x[:, None], [None if s is None else s[:, None] for s in states]
    elif options["batch_first"]:
        x = np.swapaxes(x, 0, 1)
    return x, states, weights, {**options, "batch_first": False}


def cells_of(weights, options):
    """The weights of each direction of each layer, in lists."""
    count = options["num_layers"] * (1 + options["bidirectional"])
    each = len(weights) // count
    return [weights[k * each : (k + 1) * each] for k in range(count)]


def chosen(states, cells):
    """The states that some of the cells begin with."""
    return [None if state is None else state[cells] for state in states]


# --- identities


@each_kind
@given(data=st.data())
def test_rnn_lstm_and_gru_of_one_step_are_their_cells(layers, data):
    """One layer on one step: output[0] = h' and the last states are the cell's"""
    limits = {"time": 1, "most": 1, "bidirectional": False}
    x, states, weights, options = data.draw(runs(layers, **limits), "run")
    if layers is lstm and weights[-1] is not None:
        weights[-1], states = None, [None, None]
        weights[1] = np.repeat(weights[1][:, :1], len(weights[1]) // 4, axis=1)
    begin = [None if state is None else state[0] for state in states]
    expected = KINDS[layers][2](x[0], *begin, *weights[:4])
    expected = expected if layers is lstm else (expected,)
    output, *ends = layers(x, *states, *weights, **options)
    assert_equal([output[0], *(end[0] for end in ends)], [expected[0], *expected])


@each_kind
@given(data=st.data())
def test_rnn_lstm_and_gru_of_layers_are_layers_on_layers(layers, data):
    """Two layers are one on what another puts out, both directions of it"""
    x, states, weights, options = data.draw(runs(layers), "run")
    output, *ends = layers(x, *states, *weights, **options)
    cells, ways = cells_of(weights, options), 1 + options["bidirectional"]
    last = []
    for k in range(0, len(cells), ways):
        x = np.zeros(x.shape) if k and options["dropout"] else x
        own = [weight for cell in cells[k : k + ways] for weight in cell]
        one = {**options, "num_layers": 1}
        x, *end = layers(x, *chosen(states, slice(k, k + ways)), *own, **one)
        last.append(end)
    assert_equal(output, x)
    assert_equal(ends[0], np.concatenate([end[0] for end in last]))


# --- time


@each_kind
@given(data=st.data(), cut=st.integers(1, 5))
def test_rnn_lstm_and_gru_hand_over_their_states(layers, data, cut):
    """run(x ++ y, h) = run(x, h) ++ run(y, h'), where run(x, h) ends with h'"""
    limits = {"bidirectional": False}
    x, states, weights, options = data.draw(runs(layers, **limits), "run")
    x = np.concatenate([x, x[::-1]])
    cut = 1 + cut % (len(x) - 1)
    output, *ends = layers(x, *states, *weights, **options)
    first, *middle = layers(x[:cut], *states, *weights, **options)
    second, *last = layers(x[cut:], *middle, *weights, **options)
    assert_equal(output, np.concatenate([first, second]))
    assert_equal(ends[-1], last[-1])


@each_kind
@given(data=st.data())
def test_rnn_lstm_and_gru_are_causal(layers, data):
    """output[:t] of x is output of x[:t]: what comes later changes nothing"""
    limits = {"bidirectional": False}
    x, states, weights, options = data.draw(runs(layers, **limits), "run")
    output = layers(x, *states, *weights, **options)[0]
    for t in range(1, len(x)):
        start = layers(x[:t], *states, *weights, **options)[0]
        assert_equal(output[:t], start)


@each_kind
@given(data=st.data())
def test_rnn_lstm_and_gru_backwards_are_runs_of_the_reversed(layers, data):
    """Of both directions, the second half is output of x reversed, reversed"""
    limits = {"bidirectional": True, "most": 1}
    x, states, weights, options = data.draw(runs(layers, **limits), "run")
    output, *ends = layers(x, *states, *weights, **options)
    one = {**options, "bidirectional": False}
    there, back = cells_of(weights, options)
    first = layers(x, *chosen(states, slice(1)), *there, **one)
    second = layers(x[::-1], *chosen(states, slice(1, 2)), *back, **one)
    assert_equal(output, np.concatenate([first[0], second[0][::-1]], axis=-1))
    assert_equal(ends[0], np.concatenate([first[1], second[1]]))


@each_kind
@given(data=st.data())
def test_rnn_lstm_and_gru_of_both_directions_swap_with_time(layers, data):
    """x reversed and both cells swapped: output reversed, and its halves swapped"""
    limits = {"bidirectional": True, "most": 1}
    x, states, weights, options = data.draw(runs(layers, **limits), "run")
    there, back = cells_of(weights, options)
    left = layers(x[::-1], *chosen(states, [1, 0]), *back, *there, **options)
    right = layers(x, *states, *weights, **options)
    halves = np.split(right[0][::-1], 2, axis=-1)
    assert_equal(left[0], np.concatenate(halves[::-1], axis=-1))
    assert_equal(left[-1], right[-1][::-1])


@each_kind
@given(data=st.data())
def test_rnn_lstm_and_gru_end_with_what_they_put_out(layers, data):
    """h of the last layer is output[−1] forwards, and output[0] backwards"""
    x, states, weights, options = data.draw(runs(layers), "run")
    output, h, *_ = layers(x, *states, *weights, **options)
    if options["bidirectional"]:
        there, back = np.split(output, 2, axis=-1)
        assert_equal(h[-2:], np.stack([there[-1], back[0]]))
    else:
        assert_equal(h[-1], output[-1])


# --- batches


@each_kind
@given(data=st.data())
def test_rnn_lstm_and_gru_run_each_sequence_by_itself(layers, data):
    """run(x)[:, n] = run(x[:, n]), which may be without its axis of a batch"""
    x, states, weights, options = data.draw(runs(layers), "run")
    output, *ends = layers(x, *states, *weights, **options)
    for n in range(x.shape[1]):
        own = [None if state is None else state[:, n] for state in states]
        actual, *last = layers(x[:, n], *own, *weights, **options)
        assert_equal(actual, output[:, n])
        assert_equal(last[-1], ends[-1][:, n])


@each_kind
@given(data=st.data())
def test_rnn_lstm_and_gru_swap_axes_by_batch_first(layers, data):
    """batch_first swaps time and batch of input and output, and not of states"""
    x, states, weights, options = data.draw(runs(layers), "run")
    output, *ends = layers(x, *states, *weights, **options)
    options["batch_first"] = True
    x = np.swapaxes(x, 0, 1)
    actual, *last = layers(x, *states, *weights, **options)
    assert_equal(actual, np.swapaxes(output, 0, 1))
    assert_equal(last[0], ends[0])


# --- special cases


@given(runs(lstm, bidirectional=False, most=1))
def test_lstm_projects_what_it_hands_on(run):
    """h[t] = weight_hr · (o · tanh c): by a matrix of units, as without one"""
    x, _, weights, options = run
    hidden = len(weights[0]) // 4
    weights[1] = np.repeat(weights[1][:, :1], hidden, axis=1)
    plain = lstm(x, None, None, *weights[:4], None, **options)
    projected = lstm(x, None, None, *weights[:4], np.eye(hidden), **options)
    for actual, expected in zip(projected, plain):
        assert_equal(actual, expected)
    doubled = [weights[0], weights[1] / 2, *weights[2:4], 2 * np.eye(hidden)]
    output, _, c = lstm(x, None, None, *doubled, **options)
    assert_equal(output, 2 * plain[0])
    assert_equal(c, plain[2])


@each_kind
@given(data=st.data())
def test_rnn_lstm_and_gru_drop_between_layers_alone(layers, data):
    """dropout = 1 hides the input from all layers but the first"""
    x, states, weights, options = data.draw(runs(layers, bidirectional=False), "run")
    options["dropout"] = 1.0
    output, h, *_ = layers(x, *states, *weights, **options)
    other, first, *_ = layers(x[::-1] + 1, *states, *weights, **options)
    assert first.shape == h.shape
    if options["num_layers"] > 1:
        assert_equal(output, other)
    else:
        kept = layers(x, *states, *weights, **{**options, "dropout": 0.0})
        assert_equal(output, kept[0])


def powers(matrix, count):
    return np.linalg.matrix_power(matrix, count)


@given(fractions((2, 2)), fractions((1, 1, 2)), st.integers(1, 4))
def test_rnn_that_is_linear_multiplies_by_a_power(weight, h, steps):
    """φ(a) = a, without input:  h[T] = W^T h[0]: relu of what is not negative"""
    weight, h = abs(weight), abs(h)
    tensors = [np.zeros((steps, 1, 1), object), h, np.zeros((2, 1), object), weight]
    relu = partial(rnn, nonlinearity="relu")
    last = relu(*tensors, None, None)[1]
    assert_equal(last[0, 0], powers(weight, steps) @ h[0, 0])


def test_rnn_sees_the_step_that_it_is_at():
    """The notes: h[t] = φ(W h[t − 1] + W x[t − 1] + b), and with x[t]. It is x[t]"""
    x = np.array([[1.0], [0.0]])
    one, zero = np.ones((1, 1)), np.zeros((1, 1))
    output, _ = rnn(x, None, one, zero, None, None)
    assert_equal(output, np.tanh(x))


def test_gru_puts_time_first():
    """The notes: (batch, steps, hidden), which it is only after permute(1, 0, 2)"""
    x, weights = np.zeros((7, 2, 4)), [np.zeros((18, 4)), np.zeros((18, 6))]
    assert gru(x, None, *weights, None, None)[0].shape == (7, 2, 6)


def test_lstm_of_many_units():
    """Without weights all stays 0, in 300 units"""
    weights = [np.zeros((1200, 1)), np.zeros((1200, 300)), None, None, None]
    assert not any(y.any() for y in lstm(np.ones((1, 1, 1)), None, None, *weights))


def test_gru_of_many_layers():
    """Without weights all stays 0, in 65 layers: a state of each"""
    weights = [np.zeros((3, 1)), np.zeros((3, 1)), None, None] * 65
    y, h = gru(np.ones((1, 1, 1)), None, *weights, num_layers=65)
    assert_equal(y, np.zeros((1, 1, 1)))
    assert_equal(h, np.zeros((65, 1, 1)))


# --- gradients


@given(fractions((2, 2)), st.integers(1, 4))
def test_rnn_that_is_linear_has_a_power_for_its_slope(weight, steps):
    """∂(Σ h[T]) / ∂h[0] = (Wᵀ)^T · 1, which explodes or vanishes with W"""
    weight = abs(weight) + 1
    ones = np.ones((1, 1, 2), int).astype(object)
    x = np.zeros((steps, 1, 1), object)

    def last(x, h, weight_ih, weight_hh):
        return rnn(x, h, weight_ih, weight_hh, None, None, nonlinearity="relu")[1]

    slope = gradient(last, [x, ones, np.zeros((2, 1), object), weight], ones)[1]
    assert_equal(slope[0, 0], powers(weight.T, steps) @ ones[0, 0])


@given(fine((2, 2)), fine((3, 1, 2)), st.integers(1, 3))
def test_rnn_slopes_are_bounded_by_powers_of_its_weight(weight, numbers, steps):
    """|∂(Σ h[T]) / ∂h[0]| ≤ (|W|ᵀ)^T · 1, as |tanh'| ≤ 1: small W vanish"""
    x, h = numbers[:steps], numbers[:1]

    def last(*tensors):
        return rnn(*tensors, None, None)[1]

    tensors = on_bounds([x, h, np.eye(2), weight])
    slopes = gradient(last, tensors, bounded(np.ones((1, 1, 2))))[1]
    most = bounded(powers(abs(weight).T, steps) @ np.ones(2))
    for actual, limit in zip(slopes.flat, most):
        assert_equal(np.maximum(abs(actual), limit), limit)


# --- errors

X, H = np.zeros((2, 3, 1)), np.zeros((1, 3, 1))
ONE = [np.zeros((1, 1)), np.zeros((1, 1)), None, None]
NO_STEPS = (X[:0], False), (X[:, :0], True), (X[0, :0], True)


@pytest.mark.parametrize(
    ("tensors", "options", "message"),
    [
        *(((x, None, *ONE), {"batch_first": b}, "a step at") for x, b in NO_STEPS),
        ((X[0, 0], None, *ONE), {}, "input has shape"),
        ((X, H[0], *ONE), {}, "as many axes as input"),
        ((X[0], H, *ONE), {}, "as many axes as input"),
        ((X, H, *ONE), {"bidirectional": True}, "4 weights; 2 layers and directions"),
        ((X, H, *ONE, *ONE), {}, "8 weights; 1 layers and directions"),
        ((X, H, *ONE, *ONE), {"num_layers": 2}, "a state for each of 2"),
        ((X, H[:, :2], *ONE), {}, "hx has shape"),
        ((X, H), {"num_layers": 0}, "num_layers is below 1"),
        ((X, H, *ONE), {"dropout": 0.5}, "dropout is 0.5"),
        ((X, H, *ONE), {"nonlinearity": "gelu"}, "nonlinearity is 'gelu'"),
    ],
)
def test_rnn_rejects_what_does_not_fit(tensors, options, message):
    with pytest.raises(ValueError, match=message):
        rnn(*tensors, **options)


SIZES = [(1, None), (3, None), (2, (1, 2)), (1, (1, 3))]


@pytest.mark.parametrize(("units", "projection"), SIZES)
def test_lstm_rejects_a_state_that_is_not_what_the_next_step_takes(units, projection):
    weight_hr = None if projection is None else np.zeros(projection)
    weights = [np.zeros((8, 1)), np.zeros((8, units)), None, None, weight_hr]
    with pytest.raises(ValueError, match=r"weight(_hh)? has shape"):
        lstm(X, None, None, *weights)


def test_gru_rejects_a_state_of_another_size():
    weights = [np.zeros((6, 1)), np.zeros((6, 2)), None, None]
    with pytest.raises(ValueError, match="hx has shape"):
        gru(X, H, *weights)


# --- agreement

CONSTANT = "input", "hx", "cx", *(f"weights[{k}]" for k in range(20))
"""All tensors: no gradient, where there is none, or it is that of the cells."""


@pytest.mark.parametrize("way", ways("rnn"))
@given(stacks(1, gentle), NONLINEARITIES)
def test_rnn_agrees_with_backend(backend, way, example, nonlinearity):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    constant = CONSTANT if way == "rnn_cell_by_cell" else ()
    options["nonlinearity"] = nonlinearity
    agree(backend, rnn, *tensors, way=way, constant=constant, **options)


@pytest.mark.parametrize("way", ways("lstm"))
@given(stacks(4, gentle, states=2))
def test_lstm_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    constant = () if way == "lstm" else CONSTANT
    agree(backend, lstm, *tensors, way=way, constant=constant, **options)


@pytest.mark.parametrize("way", ways("gru"))
@given(stacks(3, gentle))
def test_gru_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    constant = CONSTANT if way == "gru_cell_by_cell" else ()
    options["reset_after"] = True
    agree(backend, gru, *tensors, way=way, constant=constant, **options)


@given(wide_stacks(1, gentle), NONLINEARITIES)
def test_rnn_of_many_agrees_with_backend(backend, example, nonlinearity):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    options["nonlinearity"] = nonlinearity
    agree(backend, rnn, *tensors, constant=CONSTANT, **options)


@given(wide_stacks(4, gentle, states=2))
def test_lstm_of_many_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, lstm, *tensors, constant=CONSTANT, **options)


@given(wide_stacks(3, gentle))
def test_gru_of_many_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    agree(backend, gru, *tensors, constant=CONSTANT, reset_after=True, **options)
