"""What a list names twice is changed once by _foreach_add_, compiled."""

import torch


@torch.compile
def add(x):
    torch._foreach_add_([x, x], 1)
    return x


got = add(torch.zeros(1))
assert got == 2, got
