"""torch's recurrent layers on packed sequences."""

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from properties.backends.torch.recurrent.layers import recurrent_module


def packed_rnn(
    input: Tensor,
    lengths: Tensor,
    hx: Tensor | None,
    *weights: Tensor | None,
    enforce_sorted: bool,
    **options,
) -> tuple[Tensor, Tensor]:
    module, own = recurrent_module(nn.RNN, 1, weights, **options)
    return _packed(module, own, input, lengths, hx, enforce_sorted)


def packed_lstm(
    input: Tensor,
    lengths: Tensor,
    hx: Tensor | None,
    cx: Tensor | None,
    *weights: Tensor | None,
    enforce_sorted: bool,
    **options,
) -> tuple[Tensor, Tensor, Tensor]:
    module, own = recurrent_module(nn.LSTM, 4, weights, **options)
    states = None if hx is None and cx is None else (hx, cx)
    output, ends = _packed(module, own, input, lengths, states, enforce_sorted)
    return output, *ends


def packed_gru(
    input: Tensor,
    lengths: Tensor,
    hx: Tensor | None,
    *weights: Tensor | None,
    enforce_sorted: bool,
    **options,
) -> tuple[Tensor, Tensor]:
    module, own = recurrent_module(nn.GRU, 3, weights, **options)
    return _packed(module, own, input, lengths, hx, enforce_sorted)


def _packed(module, own, input, lengths, states, enforce_sorted):
    """Pack, which wants the lengths on the CPU, run, and pad."""
    batch = {"batch_first": module.batch_first}
    packed = pack_padded_sequence(
        input, lengths.cpu(), enforce_sorted=enforce_sorted, **batch
    )
    output, ends = torch.func.functional_call(module, own, (packed, states))
    return pad_packed_sequence(output, **batch)[0], ends
