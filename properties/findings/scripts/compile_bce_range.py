"""binary_cross_entropy, compiled, takes a target of 1.5."""

import torch
import torch.nn.functional as F

try:
    loss = torch.compile(F.binary_cross_entropy)(torch.ones(1), torch.tensor([1.5]))
    loss = loss.item()
except RuntimeError:
    loss = None
assert loss is None, f"{loss}: eagerly an error, targets are from 0 to 1"
