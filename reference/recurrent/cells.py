"""Cells: one step of a recurrence h' = f(h, x); `gru_cell` is another."""

import numpy as np

from reference.activations.logistic import sigmoid
from reference.classification.softmax_regression import linear
from reference.recurrent.recurrence import check_cell, state_or_zeros


def rnn_cell(
    input: np.ndarray,
    hx: np.ndarray | None,
    weight_ih: np.ndarray,
    weight_hh: np.ndarray,
    bias_ih: np.ndarray | None = None,
    bias_hh: np.ndarray | None = None,
    *,
    nonlinearity: str = "tanh",
) -> np.ndarray:
    """Mix an input and a state into the next state: a vanilla, or Elman, network.

        h'[n, j] = φ(Σ_k weight_ih[j, k] · x[n, k] + bias_ih[j]
                     + Σ_k weight_hh[j, k] · h[n, k] + bias_hh[j])
        φ(a) = tanh a, or relu: max(0, a), whose derivative at 0 is 0

    Shapes:
        input            (batch, features), or (features)
        hx, result       (batch, hidden), or (hidden); hx None for zeros
        weight_ih        (hidden, features)
        weight_hh        (hidden, hidden)
        bias_ih, bias_hh (hidden), or None for zeros: their sum is the notes' b_h

    Raises:
        ValueError: shapes that do not fit each other, or an unknown nonlinearity.

    Source: PyTorch's documentation of torch.nn.RNNCell; Elman, "Finding Structure in
        Time" (1990).
    """
    if nonlinearity not in ("tanh", "relu"):
        raise ValueError(f'nonlinearity is {nonlinearity!r}; it must be "tanh", "relu"')
    hidden = len(weight_hh)
    weights = weight_ih, weight_hh, (bias_ih, bias_hh)
    check_cell(input, *weights, {"hx": (hx, hidden)}, gates=1)
    h = state_or_zeros(hx, input, hidden)
    a = linear(input, weight_ih, bias_ih) + linear(h, weight_hh, bias_hh)
    for i in np.ndindex(a.shape):
        # Not np.maximum: its derivative would be 1/2 where a is 0.
        a[i] = np.tanh(a[i]) if nonlinearity == "tanh" else 0 if a[i] <= 0 else a[i]
    return a


def lstm_cell(
    input: np.ndarray,
    hx: np.ndarray | None,
    cx: np.ndarray | None,
    weight_ih: np.ndarray,
    weight_hh: np.ndarray,
    bias_ih: np.ndarray | None = None,
    bias_hh: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Erase from a memory, write to it, and reveal some of it.

        i, f, o = σ(a[i]), σ(a[f]), σ(a[o]);   g = tanh a[g]
        c' = f · c + i · g                   f: keep or not; i: write or not; g: what
        h' = o · tanh c'                     o: reveal or not
        a = weight_ih x + bias_ih + weight_hh h + bias_hh, a fourth of it for each
        The notes call all four of them gates; g, a content in (−1, 1), is none.

    Shapes:
        input            (batch, features), or (features)
        hx               (batch, units), or (units), or None for zeros; units is
                         hidden, unless h is a projection
        cx, results h' and c'  (batch, hidden), or (hidden); cx None for zeros
        weight_ih        (4 · hidden, features): rows of i, then f, g and o
        weight_hh        (4 · hidden, units), rows in the same order
        bias_ih, bias_hh (4 · hidden), or None for zeros

    Raises:
        ValueError: shapes that do not fit each other.

    Source: PyTorch's documentation of torch.nn.LSTMCell; Gers, Schmidhuber and
        Cummins, "Learning to Forget: Continual Prediction with LSTM" (2000).
    """
    hidden, units = len(weight_ih) // 4, weight_hh.shape[-1]
    states = {"hx": (hx, units), "cx": (cx, hidden)}
    check_cell(input, weight_ih, weight_hh, (bias_ih, bias_hh), states, gates=4)
    h, c = state_or_zeros(hx, input, units), state_or_zeros(cx, input, hidden)
    a = linear(input, weight_ih, bias_ih) + linear(h, weight_hh, bias_hh)
    i, f, g, o = np.split(a, 4, axis=-1)
    i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
    next_h, next_c = np.zeros(c.shape, a.dtype), np.zeros(c.shape, a.dtype)
    for n in np.ndindex(c.shape):
        next_c[n] = f[n] * c[n] + i[n] * np.tanh(g[n])
        next_h[n] = o[n] * np.tanh(next_c[n])
    return next_h, next_c
