"""gelu(approximate="tanh"): the gradient of great numbers is NaN."""

import torch
from torch.nn.functional import gelu

x = torch.tensor([-(2.0**64), 2.0**64], requires_grad=True)
gelu(x, approximate="tanh").sum().backward()
assert x.grad.tolist() == [0, 1], f"{x.grad}, where [0, 1] is right"
