"""conv2d, channels last, with a bias: columns that read only padding crash it."""

import torch
import torch.nn.functional as F

x = torch.ones(2, 2, 1, 1).to(memory_format=torch.channels_last)
y = F.conv2d(
    x, torch.ones(1, 2, 1, 1), torch.ones(1), stride=(1, 2), padding=(0, 1), dilation=2
)
assert torch.equal(y, torch.ones(2, 1, 1, 2)), y
