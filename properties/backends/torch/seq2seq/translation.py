"""Minibatches of ids by torch's own padding and sampling."""

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence as padded
from torch.utils.data import BatchSampler


def build_array_nmt(
    *sequences: Tensor, num_steps: int, eos: int, padding: int
) -> tuple[Tensor, Tensor]:
    ended = [F.pad(sequence, (0, 1), value=eos) for sequence in sequences]
    y = padded(ended, batch_first=True, padding_value=padding)
    lens = torch.tensor([len(sequence) for sequence in ended], device=y.device)
    room = num_steps - y.shape[1]
    return F.pad(y, (0, room), value=padding), lens.clamp(max=num_steps)


def split_batches(
    order: Tensor, *, batch_size: int, drop_last: bool
) -> tuple[Tensor, ...]:
    return tuple(torch.stack(b) for b in BatchSampler(order, batch_size, drop_last))
