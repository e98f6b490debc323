"""A product of batches of bytes, compiled, has dtype int64, where there is one row."""

import torch

x = torch.ones(1, 2, 2, dtype=torch.uint8)
got = torch.compile(torch.bmm)(x[:, :1], x)
assert got.dtype == torch.uint8, got.dtype
