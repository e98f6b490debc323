"""rrelu's gradient is of unset memory, where what is saved for it is copied."""

import torch
from torch.utils.checkpoint import checkpoint

x = torch.full((64,), -1.0, requires_grad=True)
y = checkpoint(torch.nn.RReLU(0.1, 0.9), x, use_reentrant=False)
(gradient,) = torch.autograd.grad(y.sum(), x)
off = (gradient != -y).sum().item()
assert not off, f"{off} of 64 slopes are not those drawn: {gradient[0].item()}"
