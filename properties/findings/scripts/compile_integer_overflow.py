"""torch.compile: whether the greatest int64 + 1 is above it is True."""

import torch

x = torch.tensor([2**63 - 1])
y = torch.compile(lambda x: (x + 1 > x, 2 * x // 2))(x)
right = (x + 1 > x, 2 * x // 2)
assert y == right, f"{y}, where {right} is right"
