"""cumprod through a zero: forward mode's second derivative is wrong."""

import torch
from torch.func import jvp


def product(t):
    return torch.stack((t, t - 1, t + 2)).cumprod(0)[2]


def forward(f):
    return lambda t: jvp(f, (t,), (torch.ones_like(t),))[1]


found = forward(forward(product))(torch.tensor(1.0)).item()
assert found == 8, f"{found}, where 6 t + 2 is 8"
