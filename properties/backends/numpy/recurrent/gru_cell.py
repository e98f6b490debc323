"""The gated recurrent unit by NumPy."""

import numpy as np
from numpy import ndarray

from properties.backends.numpy.activations import sigmoid
from properties.backends.numpy.recurrent.cells import cell_sides


def gru_cell(
    input: ndarray,
    hx: ndarray | None,
    *weights: ndarray | None,
    reset_after: bool = True,
) -> ndarray:
    own, back = (np.split(a, 3, axis=-1) for a in cell_sides(input, hx, *weights))
    r, z = sigmoid(own[0] + back[0]), sigmoid(own[1] + back[1])
    h = np.zeros_like(r) if hx is None else hx
    if reset_after:
        u = r * back[2]
    else:
        *_, weight_hh, _, bias_hh = weights
        u = (r * h) @ np.split(weight_hh, 3)[2].T
        u = u if bias_hh is None else u + np.split(bias_hh, 3)[2]
    return (1 - z) * np.tanh(own[2] + u) + z * h
