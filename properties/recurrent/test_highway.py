"""The laws of reference/recurrent/highway.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.recurrent.strategies import (
    OPEN,
    SHUT,
    fine,
    gentle,
    on_bounds,
    size_of,
    split,
)
from properties.strategies import whole_numbers
from reference.classification.softmax_regression import linear
from reference.recurrent.gru_cell import gru_cell
from reference.recurrent.highway import highway

# --- strategies


@st.composite
def layers(draw, elements):
    """A batch, a layer's weights, and a gate's."""
    batch, features, flags, size = draw(whole_numbers((0, 3), (1, 4), (0, 7), (0, 15)))
    features = [33, 17][size % 2] if size > 13 else features
    lead = (min(batch, 1),) if features > 4 else () if flags > 5 else (batch,)
    square, bias = (features, features), (features,) if flags % 4 else None
    shapes = [(*lead, features), square, bias, square, bias]
    return split(draw(elements((size_of(shapes),))), shapes)


def gate(tensors, number):
    """The tensors with a gate that is pinned to a number."""
    x, weight, bias, gate_weight, _ = tensors
    return x, weight, bias, 0 * gate_weight, np.full(len(weight), number)


# --- bounds


@given(layers(fine))
def test_highway_is_between_its_input_and_a_layer(tensors):
    """min(x, H) ≤ y ≤ max(x, H), elementwise: shares of both, of a sum of 1"""
    y = highway(*on_bounds(tensors))
    made = highway(*on_bounds(gate(tensors, OPEN)))
    for actual, x, h in zip(y.flat, on_bounds(tensors[:1])[0].flat, made.flat):
        assert_equal(np.maximum(actual, np.minimum(x, h)), actual)
        assert_equal(np.minimum(actual, np.maximum(x, h)), actual)


# --- special cases


@given(layers(fine))
def test_highway_with_a_shut_gate_has_an_identity(tensors):
    """T = 0:  y = x, exactly"""
    assert_equal(highway(*gate(tensors, SHUT)), tensors[0])


@given(layers(fine))
def test_highway_with_an_open_gate_is_a_layer(tensors):
    """T = 1:  y = tanh(weight · x + bias)"""
    assert_equal(highway(*gate(tensors, OPEN)), np.tanh(linear(*tensors[:3])))


@given(layers(fine))
def test_highway_is_a_gated_unit_over_depth(tensors):
    """y = gru_cell(x, h = x) with r = 1, z = 1 − T and weight_hh = 0"""
    x, weight, bias, gate_weight, gate_bias = tensors
    n = len(weight)
    none = np.zeros(n)
    bias, gate_bias = (none if b is None else b for b in (bias, gate_bias))
    weight_ih = np.concatenate([0 * weight, -gate_weight, weight])
    bias_ih = np.concatenate([none, -gate_bias, bias])
    zeros = np.zeros((3 * n, n))
    cell = on_bounds([x, x, weight_ih, zeros, bias_ih])
    assert_equal(highway(*on_bounds(tensors)), gru_cell(*cell))


# --- errors


@pytest.mark.parametrize("rows", [(2, 3), (3, 2), (4, 3), (3, 4)])
def test_highway_rejects_another_size(rows):
    weight, gate_weight = (np.zeros((n, 3)) for n in rows)
    with pytest.raises(ValueError, match="both must have 3 rows"):
        highway(np.zeros((2, 3)), weight, None, gate_weight, None)


# --- agreement


@given(layers(gentle))
def test_highway_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, highway, *tensors)
