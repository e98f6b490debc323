"""What is computed of an argument as another dtype is of what it becomes after."""

import torch


@torch.compile
def halves(x):
    y = x.view(torch.int32) * 2
    y.sub_(-4)
    x[:] = 2
    return y.view(torch.int64)


got = halves(torch.tensor([0, 7, 1])).view(torch.int32)
assert got.tolist() == [4, 4, 18, 4, 6, 4], got
