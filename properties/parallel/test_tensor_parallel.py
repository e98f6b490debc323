"""The laws of reference/parallel/tensor_parallel.py, then its agreement."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import fractions, full_width, sixteenths, whole_numbers
from reference.activations.rectifiers import relu
from reference.classification.softmax_regression import linear
from reference.parallel.tensor_parallel import (
    column_parallel_linear,
    row_parallel_linear,
)
from reference.tensors.joining import tensor_split

# --- strategies


@st.composite
def layers(draw, elements, *, biased=(0, 2)):
    """An input, a weight, a bias or None, and the workers that share them."""
    axes, batch, ins, outs, has_bias, workers, large = draw(
        whole_numbers((0, 2), (0, 3), (1, 4), (1, 4), biased, (1, 5), (0, 7))
    )
    if large in (2, 5):
        batch, ins, outs = 1, *[(65, 2), (2, 33)][large == 5]
    elif large == 3:
        axes, batch, ins, outs = 1, 33, 1, 1
    shape = [(), (batch,), (batch, 2)][axes]
    x, weight = draw(elements((*shape, ins))), draw(elements((outs, ins)))
    bias = draw(elements((outs,))) if has_bias else None
    return (x, weight, bias), {"workers": workers}


# --- identities


@given(layers(fractions))
def test_column_parallel_linear_is_linear(layer):
    """However many workers share the outputs; some may have none"""
    tensors, options = layer
    assert_equal(column_parallel_linear(*tensors, **options), linear(*tensors))


@given(layers(fractions))
def test_row_parallel_linear_is_linear(layer):
    """However many workers share the inputs: the sum over them, and one bias"""
    tensors, options = layer
    assert_equal(row_parallel_linear(*tensors, **options), linear(*tensors))


# --- algebra


@given(layers(sixteenths, biased=(1, 1)), st.integers(1, 3))
def test_row_parallel_linear_after_column_parallel_needs_one_sum(layer, outs):
    """W2 relu(W1 x) = Σ_r W2_r relu(W1_r x): each keeps its part of what is hidden"""
    (x, first, bias), options = layer
    second = np.resize(first, (outs, len(first)))
    hidden = relu(column_parallel_linear(x, first, bias, **options))
    expected = row_parallel_linear(hidden, second, **options)
    workers = options["workers"]
    rows, shifts = (tensor_split(t, sections=workers, dim=0) for t in (first, bias))
    columns = tensor_split(second, sections=workers, dim=1)
    parts = [
        linear(relu(linear(x, row, shift)), column)
        for row, shift, column in zip(rows, shifts, columns)
    ]
    assert_equal(sum(parts), expected)


@given(layers(fractions, biased=(0, 0)))
def test_row_parallel_linear_is_column_parallel_of_the_other_side(layer):
    """xᵀ, seen as the weight of Wᵀ: (W xᵀ)ᵀ = x Wᵀ, split between the same workers"""
    (x, weight, _), options = layer
    if x.ndim == 2:
        left = column_parallel_linear(weight, x, **options).T
        assert_equal(left, column_parallel_linear(x, weight, **options))
        assert_equal(left, row_parallel_linear(x, weight, **options))


# --- special cases


def test_row_parallel_linear_adds_the_bias_once():
    """1 · 2 + 1 · 3 + 10, where a bias from each of two workers would give 25"""
    x, weight, bias = np.ones((1, 2)), np.array([[2.0, 3]]), np.array([10.0])
    y = row_parallel_linear(x, weight, bias, workers=2)
    assert_equal(y, np.array([[15.0]]))
    inputs, columns = (tensor_split(t, sections=2, dim=1) for t in (x, weight))
    every = [linear(part, column, bias) for part, column in zip(inputs, columns)]
    assert_equal(sum(every), np.array([[25.0]]))


# --- errors


@pytest.mark.parametrize("layer", [column_parallel_linear, row_parallel_linear])
def test_column_parallel_linear_rejects(layer):
    with pytest.raises(ValueError, match="sections is 0"):
        layer(np.ones((1, 2)), np.ones((2, 2)), workers=0)
    with pytest.raises(ValueError, match="weight"):
        layer(np.ones((1, 2)), np.ones((2, 3)), workers=2)
    with pytest.raises(ValueError, match="bias"):
        layer(np.ones((1, 2)), np.ones((2, 2)), np.ones(3), workers=2)


# --- agreement


@given(layers(full_width))
def test_column_parallel_linear_agrees_with_backend(backend, layer):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = layer
    agree(backend, column_parallel_linear, *tensors, **options)


@given(layers(full_width))
def test_row_parallel_linear_agrees_with_backend(backend, layer):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = layer
    agree(backend, row_parallel_linear, *tensors, **options)
