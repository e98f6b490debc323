"""Memory that two arguments share, changed within no_grad, compiled: no gradient."""

import torch


def double(x, row):
    with torch.no_grad():
        x.mul_(2)
    return row


def gradient(function):
    leaf = torch.ones(2, requires_grad=True)
    x = leaf * 3
    return torch.autograd.grad(function(x, x[:1]).sum(), leaf)[0].tolist()


eager, compiled = gradient(double), gradient(torch.compile(double))
assert compiled == eager, f"{compiled}, eagerly {eager}"
