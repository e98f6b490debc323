"""min of truths, compiled: the place of False is that of True."""

import torch


def least(x):
    return torch.min(x, 0)


number, place = torch.compile(least)(torch.tensor([True, False]))
found = number.item(), place.item()
assert found == (False, 1), f"{found[0]} at {found[1]}: the least is False, at 1"
