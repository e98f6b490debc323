"""The forward-mode derivative of group_norm with a weight cannot be compiled."""

import torch


def group_norm(x):
    return torch.nn.functional.group_norm(x, 2, torch.ones(4))


@torch.compile
def derivative(x):
    return torch.func.jvp(group_norm, (x,), (torch.ones_like(x),))[1]


print(derivative(torch.arange(4.0).reshape(1, 4)))
