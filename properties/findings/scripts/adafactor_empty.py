"""Adafactor divides by 0 where a parameter has no numbers."""

import torch

param = torch.zeros(0, requires_grad=True)
param.grad = torch.zeros(0)
torch.optim.Adafactor([param]).step()
