"""pow: the second derivative of x ** 0 at 0 is NaN."""

import torch
from torch.func import grad

exponent = torch.tensor(0.0)
slope = grad(lambda x: x**exponent)
actual = slope(torch.tensor(0.0)).item(), grad(slope)(torch.tensor(0.0)).item()
assert actual == (0, 0), f"the derivatives of x ** 0 at 0 are {actual}"
