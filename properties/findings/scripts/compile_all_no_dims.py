"""torch.compile: all and any with dim=() reduce all axes, eagerly none."""

import torch

x = torch.tensor([[True, False]])
y = torch.compile(lambda x: torch.all(x, dim=()))(x)
right = torch.all(x, dim=())
assert torch.equal(y, right), f"{y}, where {right} is right"
