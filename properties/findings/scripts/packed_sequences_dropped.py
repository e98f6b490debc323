"""pack_padded_sequence drops sequences that have no length, if it sorts them."""

import torch
from torch.nn.utils.rnn import pack_padded_sequence

padded = torch.arange(6.0).view(3, 2, 1)  # three sequences, and one length
for is_sorted in (True, False):  # with the first it is refused
    try:
        packed = pack_padded_sequence(padded, torch.tensor([2]), True, is_sorted)
    except RuntimeError:
        continue
    raise AssertionError(f"{packed.data.flatten().tolist()} is left of 0 to 5")
