"""Minibatches by torch, in one run: as more time, or as a larger batch."""

import torch
from torch import Tensor


def rnn_on_minibatches(
    input: Tensor, *weights: Tensor | None, use_random_iter: bool
) -> tuple[Tensor, Tensor]:
    count, time, batch, _ = input.shape
    hidden, given = len(weights[0]), [w for w in weights if w is not None]
    options = (len(given) > 2, 1, 0.0, False, False, False)
    as_batch, as_time = input.transpose(0, 1).flatten(1, 2), input.flatten(0, 1)
    x = as_batch if use_random_iter else as_time
    h = input.new_zeros(1, x.shape[1], hidden)
    output, last = torch.rnn_tanh(x, h, given, *options)
    if use_random_iter:
        shape = time, count, batch, hidden
        return output.reshape(shape).transpose(0, 1), last[:, -batch:]
    return output.reshape(count, time, batch, hidden), last
