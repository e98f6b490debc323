"""torch.compile: the least of a size and a float is a float, once it is dynamic."""

import torch


@torch.compile
def scaled(x):
    return x * min(x.shape[0], 4.0)


scaled(torch.arange(2))
found = scaled(torch.arange(3))
assert found.dtype == torch.int64, f"{found}, where the least is the whole number 3"
