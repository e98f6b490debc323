"""binary_cross_entropy_with_logits is of the target's dtype: it overflows."""

import torch
from torch.nn.functional import binary_cross_entropy_with_logits

logits, target = torch.tensor([70000.0]), torch.zeros(1, dtype=torch.float16)
loss = binary_cross_entropy_with_logits(logits, target).item()
assert loss == 70000, f"{loss}, where log(1 + e^70000) is 70000"
