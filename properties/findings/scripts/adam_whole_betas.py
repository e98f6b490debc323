"""Adam and AdamW refuse a beta that is the whole number 0."""

import torch
from torch.optim import Adam, Adamax, AdamW, NAdam

param = torch.zeros(1, requires_grad=True)
refused = []
for optimiser in (Adam, AdamW, NAdam, Adamax):
    try:
        optimiser([param], betas=(0, 0.9))
    except ValueError:
        refused.append(optimiser.__name__)
assert not refused, f"{refused} refuse betas of 0 and 0.9, which are within [0, 1)"
