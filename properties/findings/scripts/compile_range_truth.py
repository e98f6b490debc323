"""torch.compile: the C++ of what is made of a range's truths does not compile."""

import torch


@torch.compile
def inverted():
    return torch.logical_not(torch.arange(5)) / 2


numbers = inverted().tolist()
assert numbers == [0.5, 0, 0, 0, 0], f"{numbers}"
