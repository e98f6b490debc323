"""slice_scatter under vmap refuses a slice that ends before it starts."""

import torch

x, nothing = torch.zeros(3, 4), torch.zeros(3, 0)


def scatter(x, nothing):
    return torch.slice_scatter(x, nothing, 0, 3, 1)


assert torch.equal(scatter(x[0], nothing[0]), x[0])
assert torch.equal(torch.func.vmap(scatter)(x, nothing), x)
