"""vmap: addmm with beta=0 does not ignore NaN."""

import torch


def product(x, a, b):
    return torch.addmm(x, a, b, beta=0)


nan, one = torch.full((3, 1, 1), torch.nan), torch.ones(3, 1, 1)
actual = torch.func.vmap(product)(nan, one, one).flatten().tolist()
right = [product(*each).item() for each in zip(nan, one, one)]
assert actual == right, f"{actual}: each by itself is {right}"
