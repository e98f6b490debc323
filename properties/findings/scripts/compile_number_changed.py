"""A float64 number, compiled, is not changed by what changes it in place."""

import torch


@torch.compile
def count(steps):
    steps.add_(1)


steps = torch.zeros((), dtype=torch.float64)
count(steps)
assert steps.item() == 1, steps
