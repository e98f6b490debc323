"""min of 16 bytes, compiled: it is 0, and its place is not in the tensor."""

import torch

x = torch.tensor([5, 1, *[7] * 14], dtype=torch.uint8)


def least(x):
    return torch.min(x, 0)


number, place = torch.compile(least)(x)
found = number.item(), place.item()
assert found == (1, 1), f"{found[0]} at {found[1]}: the least is 1, at 1"
