"""det, slogdet and solve: the jvp of the jvp is not the second derivative."""

import torch
from torch.func import jvp


def tangent(function):
    one = torch.ones((), dtype=torch.float64)
    return lambda t: jvp(function, (t,), (one,))[1]


def determinant(t):
    return torch.linalg.det(t * torch.eye(2, dtype=t.dtype))


actual = tangent(tangent(determinant))(torch.tensor(3.0, dtype=torch.float64))
assert actual == 2, f"the second derivative of t * t is {actual}"
