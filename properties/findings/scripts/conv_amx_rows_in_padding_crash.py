"""conv2d in bfloat16 on AMX: rows of the result that read only padding crash it."""

import torch
import torch.nn.functional as F

x = torch.ones(1, 3, 1, 3, dtype=torch.bfloat16)
weight = torch.ones(16, 3, 4, 2, dtype=torch.bfloat16)
y = F.conv2d(x, weight, stride=(3, 1), padding=(3, 2), dilation=2)
assert not y.any(), f"{y.max().item()}: rows -3, -1, 1 and 3 are all padding"
