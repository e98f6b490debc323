"""The gradient of an argument that is multiplied in place, compiled: refused."""

import torch


@torch.compile
def scale(x, weight):
    return x.mul_(weight)


weight = torch.ones(2, requires_grad=True)
scale(torch.full((2,), 3.0), weight).sum().backward()
assert weight.grad.tolist() == [3.0, 3.0], weight.grad
