"""torch.compile: whether a tensor is in a tuple is a tensor, not a truth."""

import torch


@torch.compile
def matches(x):
    return x + ((x.sum() in (3, 4)) + (x.max() in (2, 5)))


found = matches(torch.arange(3)).tolist()
assert found == [2, 3, 4], f"{found}, where both are, and 2 is added"
