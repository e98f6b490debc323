"""pad_packed_sequence of batch sizes below 0 frees what it did not allocate."""

import torch
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence

try:
    sizes = torch.tensor([2, -1, 1])
    actual = pad_packed_sequence(PackedSequence(torch.ones(2, 1), sizes))
except (RuntimeError, ValueError):
    actual = None
assert actual is None, f"{actual} of batch sizes {sizes.tolist()}"
