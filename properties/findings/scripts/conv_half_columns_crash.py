"""conv2d in float16: columns of the result that read only padding crash it."""

import torch
import torch.nn.functional as F

x = torch.ones(1, 1, 2, 1, dtype=torch.float16)
weight = torch.ones(1, 1, 1, 1, dtype=torch.float16)
y = F.conv2d(x, weight, stride=(1, 2), padding=(0, 1), dilation=(1, 2))
assert not y.any(), f"{y.tolist()}: columns -1 and 1 are padding"
