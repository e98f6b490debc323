"""torch.compile: in bfloat16 the C++ of products and sums does not compile."""

import torch


def squared(x):
    return (torch.prod(x) * torch.sum(x) * torch.sum(x) + x).sum()


x = torch.full((3, 3), 0.5, dtype=torch.bfloat16)
torch.compile(torch.func.jacfwd(squared))(x)
