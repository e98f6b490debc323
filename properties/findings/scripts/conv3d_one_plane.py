"""conv3d in bfloat16, channels last: planes that see one plane and padding are 0."""

import torch
import torch.nn.functional as F

weight = torch.ones(1, 1, 2, 2, 3, dtype=torch.bfloat16)
weight = weight.to(memory_format=torch.channels_last_3d)
x = torch.ones(1, 1, 1, 1, 1, dtype=torch.bfloat16)
y = F.conv3d(x, weight, padding=(1, 1, 2)).flatten(3)[0, 0]
actual = y.tolist()
assert (y == 1).all(), f"{actual}: each window sees the one pixel, which is 1"
