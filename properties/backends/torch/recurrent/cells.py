"""torch's cells: its functions, and its modules, which check and convert more."""

from collections.abc import Callable
from functools import cache

import torch
from torch import Tensor, nn


def rnn_cell(
    input: Tensor,
    hx: Tensor | None,
    *weights: Tensor | None,
    nonlinearity: str = "tanh",
) -> Tensor:
    cell = {"tanh": torch.rnn_tanh_cell, "relu": torch.rnn_relu_cell}[nonlinearity]
    return cell_in_batch(
        cell, input, state_or_zeros(hx, input, weights[1].shape[1]), *weights
    )


def rnn_cell_module(
    input: Tensor,
    hx: Tensor | None,
    *weights: Tensor | None,
    nonlinearity: str = "tanh",
) -> Tensor:
    return cell_of_module(nn.RNNCell, 1, input, hx, weights, nonlinearity=nonlinearity)


def lstm_cell(
    input: Tensor, hx: Tensor | None, cx: Tensor | None, *weights: Tensor | None
) -> tuple[Tensor, Tensor]:
    refuse_projection(*weights)
    h, c = (state_or_zeros(state, input, weights[1].shape[1]) for state in (hx, cx))
    if input.ndim == 2:
        return torch.lstm_cell(input, (h, c), *weights)
    h, c = torch.lstm_cell(input[None], (h[None], c[None]), *weights)
    return h[0], c[0]


def lstm_cell_module(
    input: Tensor, hx: Tensor | None, cx: Tensor | None, *weights: Tensor | None
) -> tuple[Tensor, Tensor]:
    refuse_projection(*weights)
    return cell_of_module(
        nn.LSTMCell, 4, input, None if hx is None and cx is None else (hx, cx), weights
    )


def refuse_projection(weight_ih: Tensor, weight_hh: Tensor, *biases: Tensor | None):
    """Refuse a state that is a projection, which `lstm` alone has."""
    if 4 * weight_hh.shape[1] != len(weight_hh):
        raise NotImplementedError("torch's cell has no projection")


def state_or_zeros(state: Tensor | None, input: Tensor, units: int) -> Tensor:
    return input.new_zeros(*input.shape[:-1], units) if state is None else state


def cell_in_batch(cell: Callable, input: Tensor, h: Tensor, *weights: Tensor | None):
    """Call a function for batches on a batch, or on one example."""
    if input.ndim == 2:
        return cell(input, h, *weights)
    return cell(input[None], h[None], *weights)[0]


def cell_of_module(kind, gates, input, state, weights, **options):
    """Call a module with weights of others' making."""
    size = (input.shape[-1], len(weights[0]) // gates, weights[2] is not None)
    module = _made(kind, *size, **options)
    names = dict(zip(("weight_ih", "weight_hh", "bias_ih", "bias_hh"), weights))
    own = {name: weight for name, weight in names.items() if weight is not None}
    return torch.func.functional_call(module, own, (input, state))


@cache
def _made(kind: Callable, *size: int, **options) -> nn.Module:
    return kind(*size, **options)
