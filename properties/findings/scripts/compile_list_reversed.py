"""torch.compile: reversed(list) does not see what the list becomes."""

import torch


@torch.compile
def program(x):
    items = [1, 2]
    backwards = reversed(items)
    items[0] = 7
    return x + sum(backwards)


y = program(torch.zeros(1))
assert y == 9, f"{y}, where 2 + 7 is right"
