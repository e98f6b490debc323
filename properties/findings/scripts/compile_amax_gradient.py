"""The greatest of bfloat16 products, compiled: its gradient is NaN."""

import torch


def gradient(function):
    x = torch.tensor([1.0, 2.015625], dtype=torch.bfloat16, requires_grad=True)
    return torch.autograd.grad(function(x), x)[0]


def greatest(x):
    return (x * 1.015625).amax(0)


eager, compiled = gradient(greatest), gradient(torch.compile(greatest))
assert torch.equal(compiled, eager), f"{compiled.tolist()}, eagerly {eager.tolist()}"
