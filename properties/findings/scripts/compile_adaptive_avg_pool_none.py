"""adaptive_avg_pool2d to a size of None, compiled for any size, is not compiled."""

import torch
import torch.nn.functional as F


def pool(x):
    return F.adaptive_avg_pool2d(x, (1, None))


x = torch.ones(1, 1, 2, 3)
assert pool(x).shape == (1, 1, 1, 3)
assert torch.compile(pool, dynamic=True)(x).shape == (1, 1, 1, 3)
