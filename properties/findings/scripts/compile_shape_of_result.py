"""The result of a change in place, whose shape is changed in place, compiled."""

import torch


@torch.compile
def zeroed(x):
    return x.zero_().unsqueeze_(0)


shape = zeroed(torch.ones(2)).shape
assert shape == (1, 2), shape
