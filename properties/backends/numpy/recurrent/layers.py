"""Recurrent layers by NumPy: loops over steps, of cells that take a batch."""

import numpy as np
from numpy import ndarray

from properties.backends.numpy.recurrent.cells import lstm_cell, rnn_cell
from properties.backends.numpy.recurrent.gru_cell import gru_cell


def rnn(
    input: ndarray,
    hx: ndarray | None,
    *weights: ndarray | None,
    nonlinearity: str = "tanh",
    **options,
) -> tuple[ndarray, ndarray]:
    def step(x, state, *weights):
        return (rnn_cell(x, *state, *weights, nonlinearity=nonlinearity),)

    return _layers(step, 4, input, (hx,), weights, **options)


def lstm(
    input: ndarray,
    hx: ndarray | None,
    cx: ndarray | None,
    *weights: ndarray | None,
    **options,
) -> tuple[ndarray, ndarray, ndarray]:
    def step(x, state, *weights):
        h, c = lstm_cell(x, *state, *weights[:4])
        return (h if weights[4] is None else h @ weights[4].T), c

    return _layers(step, 5, input, (hx, cx), weights, **options)


def gru(
    input: ndarray,
    hx: ndarray | None,
    *weights: ndarray | None,
    reset_after: bool = True,
    **options,
) -> tuple[ndarray, ndarray]:
    def step(x, state, *weights):
        return (gru_cell(x, *state, *weights, reset_after=reset_after),)

    return _layers(step, 4, input, (hx,), weights, **options)


def _layers(
    step,
    each,
    input,
    states,
    weights,
    *,
    num_layers,
    bidirectional,
    batch_first,
    dropout,
):
    swaps = batch_first and input.ndim == 3
    x, ends = (np.swapaxes(input, 0, 1) if swaps else input), []
    for layer in range(num_layers):
        x = np.zeros_like(x) if layer and dropout else x
        outputs = []
        for backwards in range(1 + bidirectional):
            k, steps = len(ends), []
            state = [None if s is None else s[k] for s in states]
            for now in x[::-1] if backwards else x:
                state = step(now, state, *weights[each * k : each * (k + 1)])
                steps.append(state[0])
            outputs.append(np.stack(steps[::-1] if backwards else steps))
            ends.append(state)
        x = np.concatenate(outputs, axis=-1)
    return np.swapaxes(x, 0, 1) if swaps else x, *map(np.stack, zip(*ends))
