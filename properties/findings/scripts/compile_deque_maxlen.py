"""torch.compile: a deque forgets how many items it holds at most."""

from collections import deque

import torch


@torch.compile
def window(x, items):
    items.append(10.0)
    return x * sum(items)


total = window(torch.ones(1), deque([1.0, 2.0], maxlen=2)).item()
assert total == 12, f"{total}, where 2 + 10 is right"
