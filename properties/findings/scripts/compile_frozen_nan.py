"""relu of NaN behind a convolution, compiled and frozen, is 0."""

import torch
from torch import nn

torch._inductor.config.freezing = True
net = nn.Sequential(nn.Conv2d(1, 1, 1), nn.ReLU()).eval()
with torch.no_grad():
    got = torch.compile(net)(torch.full((1, 1, 1, 2), torch.nan))
assert got.isnan().all(), got
