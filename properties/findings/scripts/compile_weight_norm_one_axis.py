"""torch.compile: weight_norm of one axis has one norm for all numbers."""

import torch
from torch.nn.utils.parametrizations import weight_norm

module = weight_norm(torch.nn.LayerNorm(2), dim=0)
with torch.no_grad():
    module.parametrizations.weight.original1.copy_(torch.tensor([3.0, 4.0]))
    y = torch.compile(lambda: module.weight)()
assert torch.equal(y, torch.ones(2)), f"{y}, where {module.weight} is right"
