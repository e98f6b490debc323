"""What was read of an argument before it changed, compiled, is what it is after."""

import torch


@torch.compile
def add(x, weight):
    had = x.requires_grad
    x.add_(weight)
    return had


had = add(torch.ones(2), torch.ones(2, requires_grad=True))
assert not had, had
