"""avg_pool(ceil_mode=True), compiled: the gradient of a window that overhangs."""

import torch
import torch.nn.functional as F


def gradient(pool):
    x = torch.ones(1, 3, requires_grad=True)
    pool(x).sum().backward()
    return x.grad.tolist()


def pool(x):
    return F.avg_pool1d(x, kernel_size=2, ceil_mode=True)


eager, compiled = gradient(pool), gradient(torch.compile(pool))
assert compiled == eager == [[0.5, 0.5, 1.0]], f"{compiled} where {eager} is right"
