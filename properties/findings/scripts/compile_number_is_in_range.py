"""torch.compile: whether a number is in a range is 1 or 0, not a truth."""

import torch


@torch.compile
def is_inner(x):
    return x[torch.tensor(3 in range(5))]


found = is_inner(torch.tensor([7.0, 8.0])).shape
assert found == (1, 2), f"shape {found}, where x[True] is [x]"
