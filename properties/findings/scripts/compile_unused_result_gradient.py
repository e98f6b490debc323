"""torch.compile: what no loss uses makes the gradient NaN."""

import torch

x = torch.zeros(1, requires_grad=True)
double, _ = torch.compile(lambda x: (x * 2, x.sqrt()))(x)
double.backward()
assert x.grad == 2, f"{x.grad}, where 2 is right"
