"""unpad_sequence takes lengths below 0, or above the padded length."""

import torch
from torch.nn.utils.rnn import unpad_sequence

for length in (99, -1):
    try:
        found = unpad_sequence(torch.ones(1, 2), torch.tensor([length]), True)
    except (RuntimeError, ValueError):
        print("refused: no sequence of two has this length")
    else:
        raise AssertionError(f"length {length} of 2 gives {found[0].tolist()}")
