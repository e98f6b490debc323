"""Recurrent layers: cells applied along sequences, stacked, and in both directions."""

import numpy as np

from reference.classification.softmax_regression import linear
from reference.recurrent.cells import lstm_cell, rnn_cell
from reference.recurrent.gru_cell import gru_cell
from reference.recurrent.recurrence import run_layers


def rnn(
    input: np.ndarray,
    hx: np.ndarray | None,
    *weights: np.ndarray | None,
    num_layers: int = 1,
    bidirectional: bool = False,
    batch_first: bool = False,
    dropout: float = 0.0,
    nonlinearity: str = "tanh",
) -> tuple[np.ndarray, np.ndarray]:
    """Apply `rnn_cell` along sequences: the same weights at each step.

        h[t] = rnn_cell(x[t], h[t − 1], *weights),    h[−1] = hx
        bidirectional: a second cell goes from the last step to the first, h[t] from
        h[t + 1]; its h[t] stands behind the first one's, in the last axis.
        Layer l sees what layer l − 1 put out, or zeros where dropout is 1: it is
        between layers alone, and no function of its arguments where it is random.

    Shapes:
        input    (time, batch, features), (batch, time, features) if batch_first, or
                 (time, features)
        hx       (num_layers · directions, batch, hidden), whatever batch_first is,
                 or (num_layers · directions, hidden); None for zeros
        weights  for each layer, and in it for each direction: weight_ih, weight_hh,
                 bias_ih, bias_hh, as `rnn_cell` takes them
        results  every h of the last layer, shaped as input with directions · hidden
                 features; and the h that each direction of each layer ends with,
                 shaped as hx: after step 0, for one that goes backwards

    Raises:
        ValueError: shapes that do not fit each other, no layer or no step, another
            number of weights, dropout that is random, or an unknown nonlinearity.

    Source: PyTorch's documentation of torch.nn.RNN.
    """

    def step(x, state, *weights):
        return (rnn_cell(x, *state, *weights, nonlinearity=nonlinearity),)

    return run_layers(
        step,
        input,
        (hx,),
        weights,
        num_layers=num_layers,
        bidirectional=bidirectional,
        batch_first=batch_first,
        dropout=dropout,
        weights_each=4,
    )


def lstm(
    input: np.ndarray,
    hx: np.ndarray | None,
    cx: np.ndarray | None,
    *weights: np.ndarray | None,
    num_layers: int = 1,
    bidirectional: bool = False,
    batch_first: bool = False,
    dropout: float = 0.0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Apply `lstm_cell` along sequences, as `rnn` does `rnn_cell`.

        h[t], c[t] = lstm_cell(x[t], h[t − 1], c[t − 1], *weights)
        With weight_hr, a projection: h[t] becomes weight_hr · h[t].

    Shapes:
        input, hx, results  as in `rnn`, with `units` in the place of hidden: the rows
                            of weight_hr, or hidden without one
        cx, last result     as hx, with hidden units; None for zeros
        weights             for each layer, and in it for each direction: weight_ih,
                            weight_hh, bias_ih, bias_hh, as `lstm_cell` takes them, and
                            weight_hr (units, hidden) or None

    Raises:
        ValueError: as `rnn`.

    Source: PyTorch's documentation of torch.nn.LSTM; projections: Sak, Senior and
        Beaufays, "Long Short-Term Memory Based Recurrent Neural Network Architectures
        for Large Vocabulary Speech Recognition" (arXiv:1402.1128).
    """

    def step(x, state, *weights):
        *weights, weight_hr = weights
        h, c = lstm_cell(x, *state, *weights)
        h = h if weight_hr is None else linear(h, weight_hr)
        if h.shape[-1] != weights[1].shape[1]:
            raise ValueError(
                f"weight_hh has shape {weights[1].shape}, h has {h.shape[-1]} units"
            )
        return h, c

    return run_layers(
        step,
        input,
        (hx, cx),
        weights,
        num_layers=num_layers,
        bidirectional=bidirectional,
        batch_first=batch_first,
        dropout=dropout,
        weights_each=5,
    )


def gru(
    input: np.ndarray,
    hx: np.ndarray | None,
    *weights: np.ndarray | None,
    num_layers: int = 1,
    bidirectional: bool = False,
    batch_first: bool = False,
    dropout: float = 0.0,
    reset_after: bool = True,
) -> tuple[np.ndarray, np.ndarray]:
    """Apply `gru_cell` along sequences, as `rnn` does `rnn_cell`.

        h[t] = gru_cell(x[t], h[t − 1], *weights, reset_after=reset_after)

    Shapes: as in `rnn`; the weights are as `gru_cell` takes them.

    Raises:
        ValueError: as `rnn`.

    Source: PyTorch's documentation of torch.nn.GRU, whose cell resets after the
        product; Zhang et al., "Dive into Deep Learning", before it.
    """

    def step(x, state, *weights):
        return (gru_cell(x, *state, *weights, reset_after=reset_after),)

    return run_layers(
        step,
        input,
        (hx,),
        weights,
        num_layers=num_layers,
        bidirectional=bidirectional,
        batch_first=batch_first,
        dropout=dropout,
        weights_each=4,
    )
