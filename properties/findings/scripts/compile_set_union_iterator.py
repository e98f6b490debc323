"""torch.compile: set.union of what a generator yields leaves it out."""

import torch


@torch.compile
def program(x):
    return x + len({1}.union(number for number in [7]))


y = program(torch.zeros(1))
assert y == 2, f"{y}, where 2 is right"
