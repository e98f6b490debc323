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
    CELL_TENSORS,
    OPEN,
    SHUT,
    all_of,
    cells,
    constant_of,
    fine,
    gated,
    gentle,
    on_bounds,
    part,
    renumbered,
    shuffled,
    wide_cells,
)
from properties.strategies import fractions, sixteenths, with_non_finite
from reference.classification.softmax_regression import linear
from reference.recurrent.cells import lstm_cell, rnn_cell

NONLINEARITIES = st.sampled_from(["tanh", "relu"])


def share(x, h, *weights):
    """σ of a layer on input and state: σ(a) = (1 + tanh(a / 2)) / 2"""
    return (1 + rnn_cell(x, h, *[weight / 2 for weight in weights])) / 2


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


# --- gradients


@given(cells(4, fine, states=2))
def test_lstm_cell_memory_has_the_forget_gate_for_its_slope(tensors):
    """∂c'[n, j] / ∂c[n, j] = f[n, j], and no other c has to do with it"""
    x, h, c, *weights = tensors = on_bounds(all_of(tensors))

    def memory(*tensors):
        return lstm_cell(*tensors)[1]

    slope = gradient(memory, tensors, bounded(np.ones(c.shape)))[2]
    assert_equal(slope, share(x, h, *part(weights, "ifgo", "f")))


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
        ((X, None, MATRIX[:3], MATRIX[:2]), "for each hidden unit"),
        ((X, None, MATRIX, MATRIX, ROW[:3]), "a bias has shape"),
        ((X, H[:1], MATRIX[:3], MATRIX[:3]), "hx has shape"),
        ((X, H[0], MATRIX[:3], MATRIX[:3]), "hx has shape"),
        ((X, None, MATRIX[:3], MATRIX[:3, :2]), "weight_hh has shape"),
        ((X, None, MATRIX[:3], np.zeros((3, 4))), "weight_hh has shape"),
        ((X, None, MATRIX[None], MATRIX), "must be matrices"),
        ((X, None, MATRIX, MATRIX[None]), "must be matrices"),
        ((X, None, MATRIX[:3, :2], MATRIX[:3]), "input has 3"),
        ((X, None, MATRIX[:3], MATRIX[:3], np.zeros(4)), "a bias has shape"),
    ],
)
def test_rnn_cell_rejects_what_does_not_fit(tensors, message):
    with pytest.raises(ValueError, match=message):
        rnn_cell(*tensors)


def test_rnn_cell_takes_many_units():
    weights = np.zeros((300, 1)), np.zeros((300, 300))
    assert rnn_cell(np.zeros((1, 1)), None, *weights).shape == (1, 300)


def test_rnn_cell_rejects_an_unknown_nonlinearity():
    with pytest.raises(ValueError, match="nonlinearity is 'sigmoid'"):
        rnn_cell(X, H, MATRIX[:3], MATRIX[:3], nonlinearity="sigmoid")


@pytest.mark.parametrize(
    ("tensors", "message"),
    [
        ((X, H, H[:, :2], MATRIX, MATRIX), "cx has shape"),
        ((X, H[:1], H, MATRIX, MATRIX), "hx has shape"),
        ((X, H, H, MATRIX[:6], MATRIX[:6]), "4 for each hidden unit"),
        ((X, H, H, MATRIX, MATRIX[:11]), "4 for each hidden unit"),
    ],
)
def test_lstm_cell_rejects_what_does_not_fit(tensors, message):
    with pytest.raises(ValueError, match=message):
        lstm_cell(*tensors)


# --- agreement


@pytest.mark.parametrize("way", ways("rnn_cell"))
@given(cells(1, gentle), NONLINEARITIES)
def test_rnn_cell_agrees_with_backend(backend, way, tensors, nonlinearity):
    """The backend is as close to the definition as its precision promises."""
    options = {"nonlinearity": nonlinearity, "constant": constant_of(way)}
    agree(backend, rnn_cell, *tensors, way=way, **options)


@given(wide_cells(1, gentle), NONLINEARITIES)
def test_rnn_cell_of_many_units_agrees_with_backend(backend, tensors, nonlinearity):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, rnn_cell, *tensors, constant=CELL_TENSORS, nonlinearity=nonlinearity)


@given(cells(1, gentle), NONLINEARITIES, st.data())
def test_rnn_cell_of_non_finite_inputs_agrees_with_backend(
    backend, tensors, nonlinearity, data
):
    """NaN and infinities stay in their rows; tanh ∞ = 1, and relu of NaN is NaN."""
    x = data.draw(with_non_finite(tensors[0].shape), "input")
    options = {"nonlinearity": nonlinearity, "constant": CELL_TENSORS}
    agree(backend, rnn_cell, x, *tensors[1:], **options)


@pytest.mark.parametrize("way", ways("lstm_cell"))
@given(cells(4, gentle, states=2))
def test_lstm_cell_agrees_with_backend(backend, way, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, lstm_cell, *tensors, way=way, constant=constant_of(way))


@given(wide_cells(4, gentle, states=2))
def test_lstm_cell_of_many_units_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, lstm_cell, *tensors, constant=CELL_TENSORS)
