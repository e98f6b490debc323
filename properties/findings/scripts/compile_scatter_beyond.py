"""torch.compile: scatter of a constant drops an index that is outside the axis."""

import torch

classes = torch.tensor([[0], [3], [-1]])
try:
    y = torch.compile(lambda i: torch.zeros(3, 3).scatter(1, i, 1.0))(classes)
except RuntimeError:
    y = None
assert y is None, f"{y}, where a refusal is right"
