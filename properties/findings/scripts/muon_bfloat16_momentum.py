"""Muon in bfloat16 without nesterov divides its momentum by the momentum's norm."""

import torch

weight = torch.nn.Parameter(torch.ones(2, 2, dtype=torch.bfloat16))
optimizer = torch.optim.Muon([weight], momentum=0.5, nesterov=False)
weight.grad = torch.full((2, 2), 8.0, dtype=torch.bfloat16)
optimizer.step()
momentum = optimizer.state[weight]["momentum_buffer"]
assert torch.equal(momentum, weight.grad / 2), f"{momentum}, where 4 is right"
