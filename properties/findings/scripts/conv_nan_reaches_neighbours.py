"""conv2d in bfloat16 with one channel: NaN reaches pixels that do not see it."""

import torch
import torch.nn.functional as F

x = torch.tensor([[[[1.0, float("nan")]]]], dtype=torch.bfloat16)
y = F.conv2d(x, torch.ones(1, 1, 1, 2, dtype=torch.bfloat16), padding=(0, 1))
assert y[0, 0, 0, 0] == 1, f"{y.flatten().tolist()}: the first is 0 + 1"
