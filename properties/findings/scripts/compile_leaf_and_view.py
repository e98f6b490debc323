"""A parameter, changed within no_grad, and a view of it, compiled: refused."""

import torch


@torch.compile
def double(weight, row):
    with torch.no_grad():
        weight.mul_(2)
    return row * 1


weight = torch.ones(2, requires_grad=True)
row = double(weight, weight[:1])
assert row.tolist() == [2.0], row
