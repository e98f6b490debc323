"""logit with eps: the second derivative at 0 and 1 is NaN."""

import torch
from torch.func import grad


def logit(x):
    return torch.logit(x, eps=0.2)


x = torch.tensor(0.0)
actual = grad(logit)(x).item(), grad(grad(logit))(x).item()
assert actual == (0, 0), f"{logit(x)} is constant there; its derivatives are {actual}"
