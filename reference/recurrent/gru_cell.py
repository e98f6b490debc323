"""The gated recurrent unit: one step of a recurrence h' = f(h, x)."""

import numpy as np

from reference.activations.logistic import sigmoid
from reference.classification.softmax_regression import linear
from reference.recurrent.recurrence import check_cell, state_or_zeros


def gru_cell(
    input: np.ndarray,
    hx: np.ndarray | None,
    weight_ih: np.ndarray,
    weight_hh: np.ndarray,
    bias_ih: np.ndarray | None = None,
    bias_hh: np.ndarray | None = None,
    *,
    reset_after: bool = True,
) -> np.ndarray:
    """Keep some of a state, and put a candidate in the place of the rest.

        r = σ(weight_ih[r] x + bias_ih[r] + weight_hh[r] h + bias_hh[r])    reset
        z = σ(weight_ih[z] x + bias_ih[z] + weight_hh[z] h + bias_hh[z])    update
        n = tanh(weight_ih[n] x + bias_ih[n] + u)                           candidate
        h' = (1 − z) · n + z · h                                z = 1 keeps the state
        reset_after:  u = r · (weight_hh[n] h + bias_hh[n])     PyTorch, cuDNN
        otherwise:    u = weight_hh[n] (r · h) + bias_hh[n]     the paper, d2l
        The two differ unless r is 1, or one number for all units and bias_hh[n] is 0.

    Shapes:
        input            (batch, features), or (features)
        hx, result       (batch, hidden), or (hidden); hx None for zeros
        weight_ih        (3 · hidden, features): rows of r, then z and n
        weight_hh        (3 · hidden, hidden), rows in the same order
        bias_ih, bias_hh (3 · hidden), or None for zeros

    Raises:
        ValueError: shapes that do not fit each other.

    Source: PyTorch's documentation of torch.nn.GRUCell; Zhang et al., "Dive into Deep
        Learning", has the reset before the product, as Cho et al.,
        "Learning Phrase Representations using RNN Encoder-Decoder for Statistical
        Machine Translation" (arXiv:1406.1078).
    """
    hidden = len(weight_hh) // 3
    biases = bias_ih, bias_hh
    check_cell(input, weight_ih, weight_hh, biases, {"hx": (hx, hidden)}, gates=3)
    h = state_or_zeros(hx, input, hidden)
    own = np.split(linear(input, weight_ih, bias_ih), 3, axis=-1)
    fed_back = np.split(linear(h, weight_hh, bias_hh), 3, axis=-1)
    r, z = sigmoid(own[0] + fed_back[0]), sigmoid(own[1] + fed_back[1])
    if reset_after:
        u = r * fed_back[2]
    else:
        bias = None if bias_hh is None else bias_hh[2 * hidden :]
        u = linear(r * h, weight_hh[2 * hidden :], bias)
    a = own[2] + u
    y = np.zeros(a.shape, a.dtype)
    for i in np.ndindex(y.shape):
        y[i] = (1 - z[i]) * np.tanh(a[i]) + z[i] * h[i]
    return y
