"""1 // 0.1, compiled, is 10, though 0.1 is a little more than a tenth."""

import torch


@torch.compile
def floor_divide(x, y):
    return x // y


got = floor_divide(torch.ones(1), torch.tensor([0.1]))
assert got == 9, got
