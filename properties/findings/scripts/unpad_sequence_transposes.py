"""unpad_sequence transposes its input in place."""

import torch
from torch.nn.utils.rnn import unpad_sequence

padded = torch.ones(3, 2)
unpad_sequence(padded, torch.tensor([3, 1]))
assert padded.shape == (3, 2), f"the caller's tensor is now of shape {padded.shape}"
