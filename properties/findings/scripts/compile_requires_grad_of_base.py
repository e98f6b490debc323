"""Whether a tensor needs a gradient, compiled, after one of its rows was written."""

import torch


@torch.compile
def scaled(weight):
    rows = torch.zeros(2, 2)
    rows[0].copy_(weight)
    return rows * 2 if rows.requires_grad else rows


doubled = scaled(torch.ones(2, requires_grad=True))
assert doubled[0].tolist() == [2.0, 2.0], doubled
