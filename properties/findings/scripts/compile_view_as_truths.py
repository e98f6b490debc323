"""torch.compile: the bits of a float, copied as truths, are all 1 or 0."""

import torch

x = torch.ones(8)
y = torch.compile(lambda x: x.view(torch.bool).clone().view(torch.float32))(x)
assert torch.equal(y, x), f"{y}, where {x} is right"
