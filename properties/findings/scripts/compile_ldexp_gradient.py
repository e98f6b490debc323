"""torch.compile: the gradient of ldexp of two dtypes is read behind its tangent."""

import torch

x = torch.ones(2**24, dtype=torch.float16, requires_grad=True)
exponent = torch.ones(2**24, dtype=torch.float64)
torch.compile(torch.ldexp)(x, exponent).sum().backward()
assert (x.grad == 2).all(), f"{x.grad}, where 2 is right"
