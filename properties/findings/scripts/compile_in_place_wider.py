"""torch.compile: pow_, clamp_ and others take what is wider than what they change."""

import torch


def program(x, exponents):
    y = x.clone()
    y.pow_(exponents)
    return y


x, exponents = torch.tensor([2.0]), torch.tensor([1.0, 2.0, 3.0])
try:
    y = torch.compile(program)(x, exponents)
except RuntimeError:
    y = x
assert y.shape == x.shape, f"{y}, where a refusal is right"
