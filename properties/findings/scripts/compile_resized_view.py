"""A view that is resized, compiled, resizes what it is a view of."""

import torch


def resize(x):
    base = x + 1
    base.view(-1).resize_(12)
    return base + 1


got, right = torch.compile(resize)(torch.zeros(1)), resize(torch.zeros(1))
assert got.shape == right.shape, f"{got.shape}, eagerly {right.shape}"
