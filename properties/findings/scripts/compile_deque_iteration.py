"""torch.compile: a loop over a deque that it appends to does not end."""

from collections import deque

import torch


@torch.compile
def program(x):
    items = deque([1, 2])
    for item in items:
        if len(items) == 9:
            break
        items.append(item)
    return x + len(items)


found = "9 items"
try:
    program(torch.ones(1))
except RuntimeError as problem:
    found = str(problem)
assert "mutated" in found, f"{found}, where an error is right"
