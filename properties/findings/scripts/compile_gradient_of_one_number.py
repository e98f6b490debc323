"""A number looked up twice, compiled: its gradient is refused by an assertion."""

import torch
import torch.nn.functional as F

torch.set_num_threads(2)
weight = torch.ones(1, 1, requires_grad=True)
y = torch.compile(F.embedding)(torch.tensor([0, 0]), weight)
y.sum().backward()
assert weight.grad.item() == 2.0, f"{weight.grad.item()}, not 2"
