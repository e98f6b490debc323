"""torch's gated recurrent unit; and the paper's, which torch has not."""

import torch
from torch import Tensor, nn

from properties.backends.torch.recurrent.cells import (
    cell_in_batch,
    cell_of_module,
    state_or_zeros,
)


def gru_cell(
    input: Tensor,
    hx: Tensor | None,
    *weights: Tensor | None,
    reset_after: bool = True,
) -> Tensor:
    cell = torch.gru_cell if reset_after else _reset_before
    return cell_in_batch(
        cell, input, state_or_zeros(hx, input, weights[1].shape[1]), *weights
    )


def gru_cell_module(
    input: Tensor,
    hx: Tensor | None,
    *weights: Tensor | None,
    reset_after: bool = True,
) -> Tensor:
    if not reset_after:
        raise NotImplementedError("torch.nn.GRUCell resets after the product")
    return cell_of_module(nn.GRUCell, 3, input, hx, weights)


def _reset_before(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    units = h.shape[1]
    own = nn.functional.linear(x, weight_ih, bias_ih)
    gates, candidate = own.split([2 * units, units], dim=1)
    outer, inner = weight_hh.split([2 * units, units])
    shifts = (None, None) if bias_hh is None else bias_hh.split([2 * units, units])
    gates = torch.sigmoid(gates + nn.functional.linear(h, outer, shifts[0]))
    r, z = gates.chunk(2, dim=1)
    n = torch.tanh(candidate + nn.functional.linear(r * h, inner, shifts[1]))
    return (1 - z) * n + z * h
