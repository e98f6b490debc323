"""binary_cross_entropy_with_logits of a negative logit against 0 cancels."""

import torch
import torch.nn.functional as F

logit = torch.tensor([-20.0])
actual = F.binary_cross_entropy_with_logits(logit, torch.zeros(1)).item()
symmetric = F.binary_cross_entropy_with_logits(-logit, torch.ones(1)).item()
assert actual > 2e-9, f"{actual}; log(1 + exp(-20)) is {symmetric}, as of 20 against 1"
