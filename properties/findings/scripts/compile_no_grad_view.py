"""A view of no_grad, compiled: after a graph break, gradients go through it."""

import torch


def product(x):
    with torch.no_grad():
        row = x[0]
    torch._dynamo.graph_break()
    return (x[1] * row).sum()


def gradient(function):
    x = torch.ones(2, 1, requires_grad=True)
    return torch.autograd.grad(function(x), x)[0].tolist()


eager, compiled = gradient(product), gradient(torch.compile(product))
assert compiled == eager, f"{compiled}, eagerly {eager}: row is a constant"
