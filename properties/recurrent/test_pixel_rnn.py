"""The laws of reference/recurrent/pixel_rnn.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.recurrent.strategies import fine, gentle, on_bounds, size_of, split
from properties.strategies import whole_numbers
from reference.recurrent.layers import rnn
from reference.recurrent.pixel_rnn import pixel_rnn

# --- strategies


@st.composite
def images(draw, elements, side=4):
    """An image, and weights."""
    ranges = (1, side), (1, side), (1, 2), (1, 2), (0, 3)
    height, width, features, hidden, flags = draw(whole_numbers(*ranges))
    square, bias = (hidden, hidden), (hidden,) if flags else None
    shapes = [(height, width, features), (hidden, features), square, square, bias]
    return split(draw(elements((size_of(shapes),))), shapes)


# --- symmetries


@given(images(fine))
def test_pixel_rnn_is_equivariant_under_transposition(tensors):
    """Rows and columns swapped, and left and up: states swapped likewise"""
    x, weight, left, up, bias = on_bounds(tensors)
    transposed = pixel_rnn(np.swapaxes(x, 0, 1), weight, up, left, bias)
    expected = pixel_rnn(x, weight, left, up, bias)
    assert_equal(transposed, np.swapaxes(expected, 0, 1))


# --- causality


@given(images(fine), st.integers(0, 2), st.integers(0, 2))
def test_pixel_rnn_is_causal(tensors, i, j):
    """h[i, j] depends on the pixels x[: i + 1, : j + 1], on no other"""
    x, *weights = tensors
    i, j = i % x.shape[0], j % x.shape[1]
    whole = pixel_rnn(*tensors)
    corner = pixel_rnn(x[: i + 1, : j + 1], *weights)
    assert_equal(corner[i, j], whole[i, j])


@given(images(fine))
def test_pixel_rnn_reaches_what_is_below_and_right(tensors):
    """x[i, j] changes no h above or left of it: diagonals may go in any order"""
    x, *weights = tensors
    h = pixel_rnn(*tensors)
    for i, j in np.ndindex(*x.shape[:2]):
        other = x.copy()
        other[i, j] += 1
        changed = (pixel_rnn(other, *weights) != h).any(axis=-1)
        rows, columns = np.nonzero(changed)
        assert ((rows >= i) & (columns >= j)).all()


# --- special cases


@given(images(fine))
def test_pixel_rnn_of_rows_reduces_to_rnn(tensors):
    """weight_up = 0:  each row is a sequence by itself"""
    x, weight, left, up, bias = on_bounds(tensors)
    h = pixel_rnn(x, weight, left, 0 * up, bias)
    rows = rnn(x, None, weight, left, bias, None, batch_first=True)[0]
    assert_equal(h, rows)


# --- errors


def test_pixel_rnn_rejects_a_batch():
    one = np.zeros((1, 1))
    with pytest.raises(ValueError, match="height, width, features"):
        pixel_rnn(np.zeros((1, 1, 1, 1)), one, one, one, None)


@pytest.mark.parametrize("shape", [(1, 2), (2, 1), (3, 2), (2, 3), (3, 3), (1, 1)])
def test_pixel_rnn_rejects_recurrent_weights_that_are_not_square(shape):
    x, square, other = np.zeros((1, 1, 1)), np.zeros((2, 2)), np.zeros(shape)
    for recurrent in [(square, other), (other, square), (other, other)]:
        with pytest.raises(ValueError, match=r"they must be \(2, 2\)"):
            pixel_rnn(x, np.zeros((2, 1)), *recurrent, None)


# --- agreement


@given(images(gentle))
def test_pixel_rnn_agrees_with_backend(backend, tensors):
    """The backend is as close to the definition as its precision promises."""
    agree(backend, pixel_rnn, *tensors)
