"""Somebody's one-file recurrent networks, right: test_planted_faults.py breaks them."""

import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def zeros_if_none(state, x, units):
    return np.zeros((*x.shape[:-1], units), x.dtype) if state is None else state


def affine(x, weight, bias):
    return x @ weight.T + (0 if bias is None else bias)


def rnn_cell(
    input, hx, weight_ih, weight_hh, bias_ih=None, bias_hh=None, *, nonlinearity="tanh"
):
    h = zeros_if_none(hx, input, len(weight_hh))
    a = affine(input, weight_ih, bias_ih) + affine(h, weight_hh, bias_hh)
    return np.tanh(a) if nonlinearity == "tanh" else np.maximum(a, 0)


def lstm_cell(input, hx, cx, weight_ih, weight_hh, bias_ih=None, bias_hh=None):
    h = zeros_if_none(hx, input, weight_hh.shape[1])
    c = zeros_if_none(cx, input, len(weight_hh) // 4)
    a = affine(input, weight_ih, bias_ih) + affine(h, weight_hh, bias_hh)
    i, f, g, o = np.split(a, 4, axis=-1)
    new_c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    new_h = sigmoid(o) * np.tanh(new_c)
    return new_h, new_c


def gru_cell(
    input, hx, weight_ih, weight_hh, bias_ih=None, bias_hh=None, *, reset_after=True
):
    h = zeros_if_none(hx, input, weight_hh.shape[1])
    own = np.split(affine(input, weight_ih, bias_ih), 3, axis=-1)
    back = np.split(affine(h, weight_hh, bias_hh), 3, axis=-1)
    reset, update = sigmoid(own[0] + back[0]), sigmoid(own[1] + back[1])
    last = slice(2 * h.shape[-1], None)
    bias = None if bias_hh is None else bias_hh[last]
    before = affine(reset * h, weight_hh[last], bias)
    inner = reset * back[2] if reset_after else before
    candidate = np.tanh(own[2] + inner)
    mixed = (1 - update) * candidate + update * h
    return mixed


def along_time(
    step, count, input, states, weights, num_layers, bidirectional, batch_first, dropout
):
    swap = batch_first and input.ndim == 3
    x = np.swapaxes(input, 0, 1) if swap else input
    directions = 2 if bidirectional else 1
    ends = []
    for layer in range(num_layers):
        if dropout and layer > 0:
            x = np.zeros_like(x)
        outputs = []
        for direction in range(directions):
            k = layer * directions + direction
            own = weights[k * count : (k + 1) * count]
            state = [None if s is None else s[k] for s in states]
            series = []
            for now in x[::-1] if direction else x:
                state = step(now, state, own)
                series.append(state[0])
            outputs.append(np.stack(series[::-1] if direction else series))
            ends.append(state)
        x = np.concatenate(outputs, axis=-1)
    last = [np.stack(end) for end in zip(*ends)]
    y = np.swapaxes(x, 0, 1) if swap else x
    return y, *last


def lstm(
    input,
    hx,
    cx,
    *weights,
    num_layers=1,
    bidirectional=False,
    batch_first=False,
    dropout=0.0,
):
    def step(x, state, own):
        h, c = lstm_cell(x, *state, *own[:4])
        if own[4] is not None:
            h = h @ own[4].T
        return h, c

    options = num_layers, bidirectional, batch_first, dropout
    return along_time(step, 5, input, (hx, cx), weights, *options)


def gru(
    input,
    hx,
    *weights,
    num_layers=1,
    bidirectional=False,
    batch_first=False,
    dropout=0.0,
    reset_after=True,
):
    def step(x, state, own):
        h = gru_cell(x, *state, *own, reset_after=reset_after)
        return (h,)

    options = num_layers, bidirectional, batch_first, dropout
    return along_time(step, 4, input, (hx,), weights, *options)
