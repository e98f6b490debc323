"""torch.compile: bounds that int8 does not hold are wrapped: all is −24."""

import torch

x = torch.tensor([-3, 0, 5], dtype=torch.int8)
y = torch.compile(lambda x: torch.clamp(x, -1000, 1000))(x)
assert torch.equal(y, x), f"{y}, where {x}, or a refusal, is right"
