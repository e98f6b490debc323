"""any of bytes, compiled, is a truth, not a byte."""

import torch

got = torch.compile(torch.any)(torch.tensor([3], dtype=torch.uint8))
assert got.dtype == torch.uint8, got.dtype
