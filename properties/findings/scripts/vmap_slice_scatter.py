"""slice_scatter under vmap refuses a start that counts from the end."""

import torch

x, y = torch.zeros(3, 4), torch.ones(3, 1)


def scatter(x, y):
    return torch.slice_scatter(x, y, 0, -1)


right = torch.tensor([[0.0, 0.0, 0.0, 1.0]] * 3)
assert torch.equal(scatter(x[0], y[0]), right[0])
assert torch.equal(torch.func.vmap(scatter)(x, y), right)
