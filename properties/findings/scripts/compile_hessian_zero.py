"""torch.compile: the Hessian of a compiled function is 0."""

import torch
from torch.autograd.functional import hessian


@torch.compile
def cubes(x):
    return (x**3).sum()


try:
    found = hessian(cubes, torch.ones(1)).item()
except RuntimeError:
    found = 6  # it is refused, and says so
assert found == 6, f"{found}, where 6 is right"
