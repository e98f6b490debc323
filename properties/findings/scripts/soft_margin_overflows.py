"""soft_margin_loss of −89 is infinite, and its gradient NaN."""

import torch
from torch.nn.functional import soft_margin_loss

x = torch.tensor([-89.0], requires_grad=True)
loss = soft_margin_loss(x, torch.ones(1))
loss.backward()
found = loss.item(), x.grad.item()
assert found == (89, -1), f"{found}, where 89 and −1 are right"
