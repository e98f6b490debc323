"""layer_norm, and batch_norm: a second derivative by forward mode alone is wrong."""

import torch
from torch.func import grad, jvp


def first(t):
    x = torch.stack((t, t * 0 + 2, t * 0 - 1))
    return torch.nn.functional.layer_norm(x, (3,))[0]


def forward(f):
    return lambda t: jvp(f, (t,), (torch.ones_like(t),))[1]


t = torch.tensor(1.0, dtype=torch.float64)
right, found = grad(grad(first))(t), forward(forward(first))(t)
assert abs(found - right) < 1e-9, f"{found:.4f}, where {right:.4f} is right"
