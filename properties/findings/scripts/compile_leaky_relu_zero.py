"""leaky_relu with a slope of 0, compiled, makes NaN 0."""

import torch
import torch.nn.functional as F


def leaky(x):
    return F.leaky_relu(x, 0)


x = torch.tensor([float("nan")])
actual, right = torch.compile(leaky)(x).item(), leaky(x).item()
assert actual != actual, f"{actual}: {right} eagerly"
