"""Two arguments that are changed in place, compiled: one becomes the other."""

import torch


@torch.compile
def change(x, y):
    y.mul_(2)
    return x.add_(10)


x = torch.tensor([1.0, 2.0])
y = torch.tensor([3.0, 4.0], requires_grad=True) * 1
change(x, y)
assert y.tolist() == [6.0, 8.0], f"y is {y.tolist()}, x is {x.tolist()}"
