"""A product with ones, compiled, is the factor itself, not a new tensor."""

import torch


def scaled(x):
    return x * torch.ones(2)


x = torch.zeros(2)
torch.compile(scaled)(x).add_(5)
assert x.tolist() == [0, 0], f"x is {x.tolist()}: its product was written to"
