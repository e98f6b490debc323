"""conv2d, channels last, one channel: a result one column wide is wrong."""

import torch
import torch.nn.functional as F

x = torch.ones(2, 1, 6, 5).to(memory_format=torch.channels_last)
y = F.conv2d(x, torch.ones(1, 1, 3, 3), stride=(1, 3))
assert (y == 9).all(), f"{y.flatten().tolist()}: each is a sum of nine ones"
