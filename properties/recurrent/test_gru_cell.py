"""The laws of reference/recurrent/gru_cell.py, then its agreement with the backends."""

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
from properties.strategies import sixteenths
from reference.classification.softmax_regression import linear
from reference.recurrent.cells import rnn_cell
from reference.recurrent.gru_cell import gru_cell

# --- identities


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


# --- invariances


@given(cells(3, fine), st.booleans())
def test_gru_cell_begins_with_zeros(tensors, reset_after):
    """gru_cell(x, None, …) = gru_cell(x, 0, …)"""
    left = gru_cell(*tensors, reset_after=reset_after)
    assert_equal(left, gru_cell(*all_of(tensors), reset_after=reset_after))


@given(cells(3, fine), st.booleans(), st.randoms(use_true_random=False))
def test_gru_cell_is_equivariant_under_renumbering_units(tensors, after, random):
    """What is called unit 1 is of no account, in each gate alike: h' follows"""
    order = shuffled(len(tensors[-3]) // 3, random)
    left = gru_cell(*on_bounds(renumbered(tensors, 3, order)), reset_after=after)
    right = gru_cell(*on_bounds(tensors), reset_after=after)
    assert_equal(left, right[..., order])


# --- bounds


@given(cells(3, sixteenths), st.booleans())
def test_gru_cell_is_bounded_by_its_state(tensors, reset_after):
    """|h'| ≤ max(|h|, 1), on bounded numbers: a mixture of h and of n in (−1, 1)"""
    y = gru_cell(*on_bounds(tensors), reset_after=reset_after)
    for actual, h in zip(y.flat, all_of(tensors)[1].flat):
        most = bounded(np.array(max(abs(h), 1.0)))[()]
        assert_equal(np.maximum(abs(actual), most), most)


# --- special cases


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


@given(cells(3, fine), st.booleans())
def test_gru_cell_that_keeps_its_state_keeps_its_gradient(tensors, reset_after):
    """z = 1:  ∂h' / ∂h = 1: nothing vanishes on the way"""
    tensors = gated(tensors, "rzn", z=OPEN)
    step = partial(gru_cell, reset_after=reset_after)
    slope = gradient(step, tensors, np.ones(tensors[1].shape))[1]
    assert_equal(slope.astype(float), np.ones(slope.shape))


# --- errors

MATRIX, X = np.zeros((12, 3)), np.zeros((2, 3))

MATRIX, ROW = np.zeros((12, 3)), np.zeros((12,))
X, H = np.zeros((2, 3)), np.zeros((2, 3))


@pytest.mark.parametrize("reset_after", [True, False])
def test_gru_cell_rejects_what_does_not_fit(reset_after):
    with pytest.raises(ValueError, match="weight_hh has shape"):
        gru_cell(X, None, MATRIX, MATRIX, reset_after=reset_after)
    with pytest.raises(ValueError, match="3 for each hidden unit"):
        gru_cell(X, None, MATRIX[:4], MATRIX[:4], reset_after=reset_after)


# --- agreement


@pytest.mark.parametrize("way", ways("gru_cell"))
@given(cells(3, gentle))
def test_gru_cell_agrees_with_backend(backend, way, tensors):
    """The backend is as close to the definition as its precision promises."""
    options = {"reset_after": True, "constant": constant_of(way)}
    agree(backend, gru_cell, *tensors, way=way, **options)


@given(cells(3, gentle))
def test_gru_cell_that_resets_before_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gru_cell, *tensors, reset_after=False)


@given(wide_cells(3, gentle), st.booleans())
def test_gru_cell_of_many_units_agrees_with_backend(backend, tensors, reset_after):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, gru_cell, *tensors, constant=CELL_TENSORS, reset_after=reset_after)
