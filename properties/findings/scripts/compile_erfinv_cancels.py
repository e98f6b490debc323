"""erfinv near 1, compiled, has five digits of sixteen."""

import torch

x = torch.tensor([1 - 2.0**-53], dtype=torch.float64)
got = torch.compile(torch.erfinv)(x)
assert abs(got.item() - 5.863584748755167) < 1e-12, got
