"""sinc: the second derivative at 0 is NaN backward and 0 forward."""

import math

import torch
from torch.func import grad, jvp

zero, one = torch.zeros((), dtype=torch.float64), torch.ones((), dtype=torch.float64)
actual = [
    grad(grad(torch.sinc))(zero).item(),
    jvp(grad(torch.sinc), (zero,), (one,))[1].item(),
]
right = -(math.pi**2) / 3
assert all(abs(a - right) < 1e-9 for a in actual), f"{actual}; it is {right}"
