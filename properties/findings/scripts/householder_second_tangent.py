"""householder_product: the jvp of the jvp is not the second derivative."""

import torch
from torch.func import grad, jvp

one = torch.ones((), dtype=torch.float64)


def value(t):
    a = torch.stack((one, t)).reshape(2, 1)
    return torch.linalg.householder_product(a, torch.ones_like(t)[None]).sum()


def tangent(function):
    return lambda t: jvp(function, (t,), (one,))[1]


actual, right = tangent(tangent(value))(one).item(), grad(grad(value))(one).item()
assert abs(actual - right) < 1e-9, f"{actual}; the gradient's gradient is {right}"
