"""torch.compile: linspace of whole numbers has others than eagerly."""

import torch


def numbers(start):
    return torch.linspace(start, 7, 50, dtype=torch.int64)


for start in (0, 4.9):
    found, right = torch.compile(numbers)(start), numbers(start)
    at = (found != right).nonzero().flatten().tolist()
    print(f"from {start}: {found[at].tolist()}, eagerly {right[at].tolist()} at {at}")
    assert start or found[28] == 4, "3 at 28, where 28 / 7 = 4 is right"
