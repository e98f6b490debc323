"""torch.compile: an iterator of a list is one of a copy after a graph break."""

import torch


@torch.compile
def program(x):
    items = [1, 2]
    iterator = iter(items)
    next(iterator)
    torch._dynamo.graph_break()
    items.append(3)
    return x, list(iterator)


items = program(torch.zeros(1))[1]
assert items == [2, 3], f"{items}, where 2 and 3 are right"
