"""What is written into a view of an argument, compiled, has no gradient in the rest."""

import torch


def write(whole, part, weight):
    part.copy_(weight)
    return whole * 2, part


def gradient(function):
    whole, weight = torch.zeros(3), torch.ones(1, requires_grad=True)
    doubled, part = function(whole, whole[:1], weight)
    return torch.autograd.grad(doubled.sum() + part.sum(), weight)[0].item()


eager, compiled = gradient(write), gradient(torch.compile(write))
assert compiled == eager, f"{compiled}, eagerly {eager}"
