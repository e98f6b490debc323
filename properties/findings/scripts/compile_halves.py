"""Two halves of one tensor, of which one is changed, compiled: refused."""

import torch


@torch.compile
def change(left, right, weight):
    left.add_(weight)
    return right * 2


whole = torch.zeros(4)
doubled = change(whole[:2], whole[2:], torch.ones(1, requires_grad=True))
assert doubled.tolist() == [0.0, 0.0], doubled
