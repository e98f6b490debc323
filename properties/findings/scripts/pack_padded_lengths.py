"""pack_padded_sequence takes lengths above the padded length."""

import torch
from torch.nn.utils.rnn import pack_padded_sequence

try:
    packed = pack_padded_sequence(torch.ones(2, 1, 1), torch.tensor([5]))
except (RuntimeError, ValueError):
    packed = None
assert packed is None, (
    f"{len(packed.data)} steps are packed, of {packed.batch_sizes.sum()} that it says"
)
