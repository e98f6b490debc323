"""Two tensors that are exchanged by a clone, compiled, are both the second."""

import torch


def swap(x, y):
    before = x.clone()
    x.copy_(y)
    y.copy_(before)


x, y = torch.zeros(2), torch.ones(2)
torch.compile(swap)(x, y)
assert y.tolist() == [0, 0], f"{y.tolist()}, not what the other was"
