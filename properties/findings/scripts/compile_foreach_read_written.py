"""What _foreach_add_ adds is read, compiled, where its sum has been written already."""

import torch


@torch.compile
def add_reversed(x):
    torch._foreach_add_([x], [x.flip(0)])
    return x


got = add_reversed(torch.arange(4.0))
assert (got == 3).all(), got
