"""Cells by NumPy: matrix products and elementwise functions."""

import numpy as np
from numpy import ndarray

from properties.backends.numpy.activations import sigmoid


def rnn_cell(
    input: ndarray,
    hx: ndarray | None,
    *weights: ndarray | None,
    nonlinearity: str = "tanh",
) -> ndarray:
    a, b = cell_sides(input, hx, *weights)
    return np.tanh(a + b) if nonlinearity == "tanh" else np.maximum(a + b, 0)


def lstm_cell(
    input: ndarray, hx: ndarray | None, cx: ndarray | None, *weights: ndarray | None
) -> tuple[ndarray, ndarray]:
    i, f, g, o = np.split(sum(cell_sides(input, hx, *weights)), 4, axis=-1)
    c = sigmoid(f) * (0 if cx is None else cx) + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c


def cell_sides(x, h, weight_ih, weight_hh, bias_ih=None, bias_hh=None):
    """What an input and a state add to the gates."""
    shape = (*x.shape[:-1], len(weight_hh))
    a, b = x @ weight_ih.T, np.zeros(shape, x.dtype) if h is None else h @ weight_hh.T
    return (a, b) if bias_ih is None else (a + bias_ih, b + bias_hh)
