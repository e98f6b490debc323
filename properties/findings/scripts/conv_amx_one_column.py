"""conv2d in bfloat16 on AMX: a result one column wide is wrong."""

import torch
import torch.nn.functional as F

x = torch.arange(32.0).view(1, 2, 8, 2).fmod(3) - 1
weight = torch.ones(1, 2, 4, 2)
right = F.conv2d(x, weight, stride=(1, 3)).flatten().tolist()
narrow = F.conv2d(x.bfloat16(), weight.bfloat16(), stride=(1, 3))
actual = narrow.flatten().tolist()
assert actual == right, f"{actual} where {right} is right"
