"""polar: the gradient by a length below 0 has the wrong sign, by 0 it is 0."""

import torch

for length in (2.0, 0.0, -2.0):
    x = torch.tensor(length, requires_grad=True)
    torch.polar(x, torch.tensor(0.0)).real.backward()
    assert x.grad == 1, f"the derivative of x cos(0) at {length} is {x.grad}"
