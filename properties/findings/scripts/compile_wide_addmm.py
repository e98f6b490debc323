"""addmm, compiled, takes an input that is wider than the product."""

import torch

try:
    made = torch.compile(torch.addmm)(
        torch.ones(3, 1), torch.ones(1, 2), torch.ones(2, 1)
    )
    shape = tuple(made.shape)
except RuntimeError:
    shape = None
assert shape is None, f"{shape}: eagerly an error, the product is one number"
