"""A hook is lost that a view gets after its memory was changed."""

import torch

x = torch.ones(1, requires_grad=True)
base = x * 1
view = base.view(1)
view.register_hook(lambda gradient: gradient)
base.mul_(3)
view.register_hook(lambda gradient: 5 * gradient)
view.sum().backward()
assert x.grad == 15, f"{x.grad}, where 5 · 3 is right"
