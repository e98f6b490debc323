"""torch.compile: the dtype of ldexp is that of its first argument, or float32."""

import torch

x = torch.ones(1, dtype=torch.float16)
exponent = torch.tensor([20.0])
right = torch.ldexp(x, exponent)
found = torch.compile(torch.ldexp)(x, exponent)
assert right.equal(found), f"{found}, where {right} is right"
