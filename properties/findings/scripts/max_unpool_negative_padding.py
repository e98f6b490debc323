"""max_unpool takes a padding below 0."""

import torch
import torch.nn.functional as F

x, indices = torch.ones(1, 1), torch.zeros(1, 1, dtype=torch.long)
try:
    y = F.max_unpool1d(x, indices, kernel_size=1, padding=-1)
except (RuntimeError, ValueError):
    raise SystemExit(0) from None
raise AssertionError(f"a padding of -1 was taken, and gave {y.tolist()}")
