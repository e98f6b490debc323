"""The second derivative of abs, handed to what is compiled, crashes it."""

import torch

x = torch.ones(3, requires_grad=True)
(slope,) = torch.autograd.grad(x.abs().sum(), x, create_graph=True)
(bend,) = torch.autograd.grad(slope.sum(), x)
y = torch.compile(lambda x: x[-1] + 10)(bend)
assert y == 10, f"{y}, where 10 is right"
