"""A chunk of what is changed, compiled: it is no view, and keeps its numbers."""

import torch


@torch.compile
def first_half(x):
    x.add_(1)
    return x.chunk(2)[0]


x = torch.ones(2, requires_grad=True) * 1
half = first_half(x)
with torch.no_grad():
    x.zero_()
assert half.tolist() == [0.0], f"x is {x.tolist()}, its first half {half.tolist()}"
