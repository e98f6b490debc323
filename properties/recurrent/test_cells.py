"""The laws of reference/recurrent/cells.py, then its agreement with the backends."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.arithmetic.taped import gradient
from properties.operations import ways
from properties.recurrent.strategies import (
    cells,
    fine,
    gentle,
    on_bounds,
    wide_cells,
)
from properties.strategies import fractions, sixteenths, with_non_finite
from reference.classification.softmax_regression import linear
from reference.recurrent.cells import gru_cell, lstm_cell, rnn_cell

NONLINEARITIES = st.sampled_from(["tanh", "relu"])
OPEN, SHUT = 1000.0, -1000.0
"""What sigmoid makes exactly 1 and exactly 0 of."""

CONSTANT = (
    *("input", "hx", "cx"),
    *("weight_ih", "weight_hh", "bias_ih", "bias_hh"),
)
"""All tensors: no gradient, where the reference would take long to make it."""

# --- strategies


def all_of(tensors):
    """A cell's tensors without any None: zeros in its place."""
    input, *states, weight_ih, weight_hh, bias_ih, bias_hh = tensors
    zeros = np.zeros((*input.shape[:-1], weight_hh.shape[1]), input.dtype)
    states = [zeros if state is None else state for state in states]
    none = np.zeros(len(weight_ih), input.dtype)
    biases = [none if bias is None else bias for bias in (bias_ih, bias_hh)]
    return [input, *states, weight_ih, weight_hh, *biases]


def gated(tensors, gates, **pinned):
    """Tensors of a cell, some of whose gates' preactivations are pinned to numbers."""
    *rest, weight_ih, weight_hh, bias_ih, bias_hh = (t.copy() for t in all_of(tensors))
    hidden = len(weight_ih) // len(gates)
    for gate, value in pinned.items():
        rows = slice(gates.index(gate) * hidden, (gates.index(gate) + 1) * hidden)
        weight_ih[rows] = weight_hh[rows] = bias_hh[rows] = 0
        bias_ih[rows] = value
    return [*rest, weight_ih, weight_hh, bias_ih, bias_hh]


def part(weights, gates, gate):
    """Weights and biases of one gate."""
    at, count = gates.index(gate), len(gates)
    return [np.split(weight, count)[at] for weight in weights]


def share(x, h, *weights):
    """σ of a layer on input and state: σ(a) = (1 + tanh(a / 2)) / 2"""
    return (1 + rnn_cell(x, h, *[weight / 2 for weight in weights])) / 2


def shuffled(count, random):
    return np.array(random.sample(range(count), count))


# --- identities


@given(cells(1, fractions))
def test_rnn_cell_is_a_layer_on_input_and_state_side_by_side(tensors):
    """h' = φ([weight_ih | weight_hh] · [x; h] + bias_ih + bias_hh)"""
    x, h, weight_ih, weight_hh, bias_ih, bias_hh = all_of(tensors)
    both = np.concatenate([x, h], axis=-1)
    weights = np.concatenate([weight_ih, weight_hh], axis=1)
    right = linear(both, weights, bias_ih + bias_hh)
    left = rnn_cell(*tensors, nonlinearity="relu")
    assert_equal(left, np.where(right > 0, right, 0))


@given(cells(4, fine, states=2))
def test_lstm_cell_memory_is_what_is_kept_and_what_is_written(tensors):
    """c' = σ(layer f) · c + σ(layer i) · tanh(layer g), each layer on [x; h]"""
    x, h, c, *weights = on_bounds(all_of(tensors))
    f, i = (share(x, h, *part(weights, "ifgo", gate)) for gate in "fi")
    g = rnn_cell(x, h, *part(weights, "ifgo", "g"))
    assert_equal(lstm_cell(x, h, c, *weights)[1], f * c + i * g)


@given(cells(4, fine, states=2))
def test_lstm_cell_reveals_a_share_of_its_memory(tensors):
    """h' = σ(layer o) · tanh c', which gives the others' places: i, f, g, o"""
    x, h, c, *weights = on_bounds(all_of(tensors))
    next_h, next_c = lstm_cell(x, h, c, *weights)
    o = share(x, h, *part(weights, "ifgo", "o"))
    seen = [np.tanh(number) for number in next_c.flat]
    assert_equal(next_h.ravel(), o.ravel() * np.array(seen, object))


@given(cells(3, fine), st.booleans())
def test_gru_cell_is_between_state_and_candidate(tensors, reset_after):
    """min(h, n) ≤ h' ≤ max(h, n)"""
    options = {"reset_after": reset_after}
    x, h, *weights = on_bounds(all_of(tensors))
    y = gru_cell(x, h, *weights, **options)
    n = gru_cell(x, h, *on_bounds(gated(tensors, "rzn", z=SHUT))[2:], **options)
    for actual, *ends in zip(y.flat, h.flat, n.flat):
        assert_equal(np.maximum(actual, np.minimum(*ends)), actual)
        assert_equal(np.minimum(actual, np.maximum(*ends)), actual)


# --- algebra


@given(cells(1, fractions), st.integers(0, 5))
def test_rnn_cell_with_relu_is_homogeneous(tensors, a):
    """a · h' = rnn_cell(a x, a h, …, a bias) for a ≥ 0"""
    x, h, *weights, bias_ih, bias_hh = all_of(tensors)
    scaled = a * x, a * h, *weights, a * bias_ih, a * bias_hh
    left = rnn_cell(*scaled, nonlinearity="relu")
    assert_equal(left, a * rnn_cell(*tensors, nonlinearity="relu"))


@given(cells(1, sixteenths))
def test_rnn_cell_is_odd_without_biases(tensors):
    """rnn_cell(−x, −h) = −rnn_cell(x, h)"""
    x, h, *weights = all_of(tensors)[:4]
    assert_equal(rnn_cell(-x, -h, *weights), -rnn_cell(x, h, *weights))


@given(cells(1, fine), NONLINEARITIES)
def test_rnn_cell_adds_its_biases(tensors, nonlinearity):
    """Only their sum counts: one bias, as d2l's b_h, is enough"""
    *rest, bias_ih, bias_hh = all_of(tensors)
    left = rnn_cell(*rest, bias_ih, bias_hh, nonlinearity=nonlinearity)
    right = rnn_cell(*rest, None, bias_ih + bias_hh, nonlinearity=nonlinearity)
    assert_equal(left, right)


# --- invariances


@given(cells(1, fine))
def test_rnn_cell_begins_with_zeros(tensors):
    """rnn_cell(x, None, …) = rnn_cell(x, 0, …), and None is a bias of zeros"""
    assert_equal(rnn_cell(*tensors), rnn_cell(*all_of(tensors)))


@given(cells(4, fine, states=2))
def test_lstm_cell_begins_with_zeros(tensors):
    """lstm_cell(x, None, None, …) = lstm_cell(x, 0, 0, …)"""
    assert_equal(lstm_cell(*tensors), lstm_cell(*all_of(tensors)))


@given(cells(3, fine), st.booleans())
def test_gru_cell_begins_with_zeros(tensors, reset_after):
    """gru_cell(x, None, …) = gru_cell(x, 0, …)"""
    left = gru_cell(*tensors, reset_after=reset_after)
    assert_equal(left, gru_cell(*all_of(tensors), reset_after=reset_after))


def renumbered(tensors, gates, order):
    """The same cell with its hidden units in another order."""
    x, *states, weight_ih, weight_hh, bias_ih, bias_hh = all_of(tensors)
    rows = np.concatenate([order + k * len(order) for k in range(gates)])
    states = [state[..., order] for state in states]
    weight_hh = weight_hh[rows][:, order]
    return [x, *states, weight_ih[rows], weight_hh, bias_ih[rows], bias_hh[rows]]


@given(cells(1, fine), st.randoms(use_true_random=False))
def test_rnn_cell_is_equivariant_under_renumbering_units(tensors, random):
    """What is called unit 1 is of no account: h' follows"""
    order = shuffled(len(tensors[-3]), random)
    left = rnn_cell(*on_bounds(renumbered(tensors, 1, order)))
    assert_equal(left, rnn_cell(*on_bounds(tensors))[..., order])


@given(cells(4, fine, states=2), st.randoms(use_true_random=False))
def test_lstm_cell_is_equivariant_under_renumbering_units(tensors, random):
    """What is called unit 1 is of no account, in each gate alike: h' and c' follow"""
    order = shuffled(len(tensors[-3]) // 4, random)
    left = lstm_cell(*on_bounds(renumbered(tensors, 4, order)))
    for actual, expected in zip(left, lstm_cell(*on_bounds(tensors))):
        assert_equal(actual, expected[..., order])


@given(cells(3, fine), st.booleans(), st.randoms(use_true_random=False))
def test_gru_cell_is_equivariant_under_renumbering_units(tensors, after, random):
    """What is called unit 1 is of no account, in each gate alike: h' follows"""
    order = shuffled(len(tensors[-3]) // 3, random)
    left = gru_cell(*on_bounds(renumbered(tensors, 3, order)), reset_after=after)
    right = gru_cell(*on_bounds(tensors), reset_after=after)
    assert_equal(left, right[..., order])


# --- bounds


@given(cells(1, sixteenths))
def test_rnn_cell_is_bounded_by_one(tensors):
    """|h'| ≤ 1, whatever h was"""
    assert (abs(rnn_cell(*tensors)) <= 1).all()


@given(cells(4, sixteenths, states=2))
def test_lstm_cell_is_bounded(tensors):
    """|h'| ≤ 1 and |c'| ≤ |c| + 1: a memory may count, by one at each step"""
    h, c = lstm_cell(*tensors)
    assert (abs(h) <= 1).all()
    assert (abs(c) <= abs(all_of(tensors)[2]) + 1).all()


@given(cells(3, sixteenths), st.booleans())
def test_gru_cell_is_bounded_by_its_state(tensors, reset_after):
    """|h'| ≤ max(|h|, 1), on bounded numbers: a mixture of h and of n in (−1, 1)"""
    y = gru_cell(*on_bounds(tensors), reset_after=reset_after)
    for actual, h in zip(y.flat, all_of(tensors)[1].flat):
        most = bounded(np.array(max(abs(h), 1.0)))[()]
        assert_equal(np.maximum(abs(actual), most), most)


# --- special cases


@given(cells(1, fine))
def test_rnn_cell_without_its_state_is_a_layer(tensors):
    """weight_hh = 0:  h' = tanh(weight_ih · x + bias), a step of a perceptron"""
    x, h, weight_ih, weight_hh, bias_ih, bias_hh = all_of(tensors)
    left = rnn_cell(x, h, weight_ih, 0 * weight_hh, bias_ih, bias_hh)
    assert_equal(left, np.tanh(linear(x, weight_ih, bias_ih + bias_hh)))


@given(cells(4, fine, states=2))
def test_lstm_cell_keeps_its_memory(tensors):
    """f = 1, i = 0:  c' = c, exactly"""
    c = lstm_cell(*gated(tensors, "ifgo", f=OPEN, i=SHUT))[1]
    assert_equal(c, all_of(tensors)[2])


@given(cells(4, fine, states=2))
def test_lstm_cell_forgets_its_memory(tensors):
    """f = 0, i = 1:  c' = g, which is what an Elman cell would make"""
    x, h, _, *weights = pinned = gated(tensors, "ifgo", f=SHUT, i=OPEN)
    assert_equal(lstm_cell(*pinned)[1], rnn_cell(x, h, *part(weights, "ifgo", "g")))


@given(cells(4, fine, states=2))
def test_lstm_cell_that_reveals_nothing_has_a_state_of_zeros(tensors):
    """o = 0:  h' = 0, while c' is what it is otherwise"""
    h, c = lstm_cell(*gated(tensors, "ifgo", o=SHUT))
    assert_equal(h, np.zeros(h.shape))
    assert_equal(c, lstm_cell(*tensors)[1])


def test_lstm_cell_that_reveals_nothing_does_not_leave_its_state():
    """The notes: with an output gate near 0, "不需要更新隐状态". It becomes 0"""
    x, h, c = np.zeros(1), np.array([0.7]), np.array([0.3])
    biases = np.array([SHUT, OPEN, 0.0, SHUT])
    next_h, next_c = lstm_cell(x, h, c, np.zeros((4, 1)), np.zeros((4, 1)), biases)
    assert next_c == c
    assert next_h == 0 != h


def test_lstm_cell_has_three_gates_and_a_content():
    """The notes: four gates. A gate is never negative, and g is: rows i, f, g, o"""
    x, zeros = np.zeros(1), np.zeros((4, 1))
    shut = np.array([0.0, 0.0, SHUT, OPEN])
    h, c = lstm_cell(x, None, None, zeros, zeros, shut)
    assert c == -0.5  # σ(0) · tanh(−1000): the third rows are the content's
    assert_equal(h, np.tanh(c))
    swapped = shut[[0, 1, 3, 2]]
    assert lstm_cell(x, None, None, zeros, zeros, swapped)[0] == 0


@given(cells(3, fine), st.booleans())
def test_gru_cell_keeps_its_state(tensors, reset_after):
    """z = 1:  h' = h, exactly"""
    kept = gru_cell(*gated(tensors, "rzn", z=OPEN), reset_after=reset_after)
    assert_equal(kept, all_of(tensors)[1])


@given(cells(3, fine), st.booleans())
def test_gru_cell_reduces_to_rnn_cell(tensors, reset_after):
    """z = 0, r = 1:  h' = tanh(…), a vanilla cell with the candidate's weights"""
    x, h, *weights = on_bounds(gated(tensors, "rzn", z=SHUT, r=OPEN))
    left = gru_cell(x, h, *weights, reset_after=reset_after)
    assert_equal(left, rnn_cell(x, h, *part(weights, "rzn", "n")))


@given(cells(3, fine), st.booleans())
def test_gru_cell_forgets_its_state(tensors, reset_after):
    """z = 0, r = 0:  h' is of x alone; bias_hh[n] is reset with h by reset_after"""
    x, h, *weights = gated(tensors, "rzn", z=SHUT, r=SHUT)
    weight_ih, _, bias_ih, bias_hh = part(weights, "rzn", "n")
    bias = bias_ih if reset_after else bias_ih + bias_hh
    left = gru_cell(x, h, *weights, reset_after=reset_after)
    assert_equal(left, np.tanh(linear(x, weight_ih, bias)))


@given(cells(3, fine))
def test_gru_cell_resets_before_as_after_if_resets_are_one_number(tensors):
    """weight_hh[n] (r h) = r (weight_hh[n] h) if r is a number and bias_hh[n] is 0"""
    x, h, *weights = (tensor.copy() for tensor in all_of(tensors))
    units = h.shape[-1]
    for tensor in weights:
        tensor[:units] = tensor[:1]
    weights[3][2 * units :] = 0
    tensors = on_bounds([x, h, *weights])
    left = gru_cell(*tensors, reset_after=True)
    assert_equal(left, gru_cell(*tensors, reset_after=False))


def test_gru_cell_resets_before_and_after_differ():
    """The notes' GRU resets the state before the product, torch's after it"""
    x, h = np.zeros(1), np.array([1.0, 1.0])
    weight_hh = np.zeros((6, 2))
    weight_hh[4] = [0.0, 1.0]  # candidate 0 sees unit 1, which alone is reset
    bias = np.array([OPEN, SHUT, SHUT, SHUT, 0.0, 0.0])
    weights = np.zeros((6, 1)), weight_hh, bias
    after = gru_cell(x, h, *weights, reset_after=True)
    before = gru_cell(x, h, *weights, reset_after=False)
    assert_equal(after, np.array([np.tanh(1.0), 0.0]))
    assert_equal(before, np.zeros(2))


# --- gradients


@given(cells(4, fine, states=2))
def test_lstm_cell_memory_has_the_forget_gate_for_its_slope(tensors):
    """∂c'[n, j] / ∂c[n, j] = f[n, j], and no other c has to do with it"""
    x, h, c, *weights = tensors = on_bounds(all_of(tensors))

    def memory(*tensors):
        return lstm_cell(*tensors)[1]

    slope = gradient(memory, tensors, bounded(np.ones(c.shape)))[2]
    assert_equal(slope, share(x, h, *part(weights, "ifgo", "f")))


@given(cells(3, fine), st.booleans())
def test_gru_cell_that_keeps_its_state_keeps_its_gradient(tensors, reset_after):
    """z = 1:  ∂h' / ∂h = 1: nothing vanishes on the way"""
    tensors = gated(tensors, "rzn", z=OPEN)
    step = partial(gru_cell, reset_after=reset_after)
    slope = gradient(step, tensors, np.ones(tensors[1].shape))[1]
    assert_equal(slope.astype(float), np.ones(slope.shape))


def test_rnn_cell_with_relu_has_a_slope_of_zero_at_zero():
    """∂ max(0, a) / ∂a = 0 where a = 0"""
    one = np.ones((1, 1))
    step = partial(rnn_cell, nonlinearity="relu")
    slopes = gradient(step, [np.zeros(1), np.zeros(1), one, one], np.ones(1))
    assert_equal(slopes[0].astype(float), np.zeros(1))


# --- errors

MATRIX, ROW = np.zeros((12, 3)), np.zeros((12,))
X, H = np.zeros((2, 3)), np.zeros((2, 3))


@pytest.mark.parametrize(
    ("tensors", "message"),
    [
        ((X[None], None, MATRIX, MATRIX), "input has shape"),
        ((X, None, ROW, MATRIX), "must be matrices"),
        ((X[:, :2], None, MATRIX, MATRIX), "input has 2"),
        ((X, None, MATRIX[:11], MATRIX), "for each hidden unit"),
        ((X, None, MATRIX, MATRIX, ROW[:3]), "a bias has shape"),
        ((X, H[:1], MATRIX[:3], MATRIX[:3]), "hx has shape"),
        ((X, H[0], MATRIX[:3], MATRIX[:3]), "hx has shape"),
        ((X, None, MATRIX[:3], MATRIX[:3, :2]), "weight_hh has shape"),
    ],
)
def test_rnn_cell_rejects_what_does_not_fit(tensors, message):
    with pytest.raises(ValueError, match=message):
        rnn_cell(*tensors)


def test_rnn_cell_rejects_an_unknown_nonlinearity():
    with pytest.raises(ValueError, match="nonlinearity is 'sigmoid'"):
        rnn_cell(X, H, MATRIX[:3], MATRIX[:3], nonlinearity="sigmoid")


@pytest.mark.parametrize(
    ("tensors", "message"),
    [
        ((X, H, H[:, :2], MATRIX, MATRIX), "cx has shape"),
        ((X, H[:1], H, MATRIX, MATRIX), "hx has shape"),
        ((X, H, H, MATRIX[:6], MATRIX[:6]), "4 for each hidden unit"),
    ],
)
def test_lstm_cell_rejects_what_does_not_fit(tensors, message):
    with pytest.raises(ValueError, match=message):
        lstm_cell(*tensors)


@pytest.mark.parametrize("reset_after", [True, False])
def test_gru_cell_rejects_what_does_not_fit(reset_after):
    with pytest.raises(ValueError, match="weight_hh has shape"):
        gru_cell(X, None, MATRIX, MATRIX, reset_after=reset_after)
    with pytest.raises(ValueError, match="3 for each hidden unit"):
        gru_cell(X, None, MATRIX[:4], MATRIX[:4], reset_after=reset_after)


# --- agreement


@pytest.mark.parametrize("way", ways("rnn_cell"))
@given(cells(1, gentle), NONLINEARITIES)
def test_rnn_cell_agrees_with_backend(backend, way, tensors, nonlinearity):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, rnn_cell, *tensors, way=way, nonlinearity=nonlinearity)


@given(wide_cells(1, gentle), NONLINEARITIES)
def test_rnn_cell_of_many_units_agrees_with_backend(backend, tensors, nonlinearity):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, rnn_cell, *tensors, constant=CONSTANT, nonlinearity=nonlinearity)


@given(cells(1, gentle), NONLINEARITIES, st.data())
def test_rnn_cell_of_non_finite_inputs_agrees_with_backend(
    backend, tensors, nonlinearity, data
):
    """NaN and infinities stay in their rows; tanh ∞ = 1, and relu of NaN is NaN."""
    x = data.draw(with_non_finite(tensors[0].shape), "input")
    options = {"nonlinearity": nonlinearity, "constant": CONSTANT}
    agree(backend, rnn_cell, x, *tensors[1:], **options)


@pytest.mark.parametrize("way", ways("lstm_cell"))
@given(cells(4, gentle, states=2))
def test_lstm_cell_agrees_with_backend(backend, way, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, lstm_cell, *tensors, way=way)


@given(wide_cells(4, gentle, states=2))
def test_lstm_cell_of_many_units_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, lstm_cell, *tensors, constant=CONSTANT)


@pytest.mark.parametrize("way", ways("gru_cell"))
@given(cells(3, gentle))
def test_gru_cell_agrees_with_backend(backend, way, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gru_cell, *tensors, way=way, reset_after=True)


@given(cells(3, gentle))
def test_gru_cell_that_resets_before_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gru_cell, *tensors, reset_after=False)


@given(wide_cells(3, gentle), st.booleans())
def test_gru_cell_of_many_units_agrees_with_backend(backend, tensors, reset_after):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gru_cell, *tensors, constant=CONSTANT, reset_after=reset_after)
