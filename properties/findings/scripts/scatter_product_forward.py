"""scatter_reduce of products has a forward-mode derivative of 0."""

import torch


def product(x):
    return torch.ones(1).scatter_reduce(0, torch.tensor([0, 0]), x, "prod")[0]


found = torch.func.jacfwd(product)(torch.tensor([2.0, 3.0])).tolist()
assert found == [3, 2], f"{found}, where x₁, x₀ = 3, 2 is right"
