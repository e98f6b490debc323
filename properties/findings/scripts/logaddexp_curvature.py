"""logaddexp: the second derivative is NaN where the numbers are 800 apart."""

import torch
from torch.func import grad

x, y = torch.tensor(0.0), torch.tensor(800.0)
slope = grad(torch.logaddexp)
actual = slope(x, y).item(), grad(slope)(x, y).item()
assert actual == (0, 0), f"the derivatives are {actual}"
