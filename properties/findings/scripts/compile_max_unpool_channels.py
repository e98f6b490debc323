"""max_unpool, compiled: an index outside the image is in another channel."""

import torch
import torch.nn.functional as F

x = torch.tensor([[[[5.0]], [[7.0]]]])  # two channels of one pixel
indices = torch.tensor([[[[0]], [[-1]]]])


def unpool(x, indices):
    return F.max_unpool2d(x, indices, kernel_size=1)


try:
    found = torch.compile(unpool)(x, indices).flatten().tolist()
except RuntimeError:
    found = None
assert found is None, f"{found}, where there is no pixel -1: eagerly an error"
