"""huber_loss of two dtypes has no gradient, and is of the input's dtype."""

import torch
from torch.nn.functional import huber_loss

x = torch.zeros(1, dtype=torch.float16, requires_grad=True)
loss = huber_loss(x, torch.tensor([70000.0]))
print(f"{loss}, where 69999.5 is right, as of smooth_l1_loss")
loss.backward()
