"""ldexp: the gradient is 0 where the whole exponent is below 0."""

import torch

x = torch.tensor([1.0, 1.0, 1.0], requires_grad=True)
torch.ldexp(x, torch.tensor([-1, -3, 2])).sum().backward()
actual, right = x.grad.tolist(), [0.5, 0.125, 4.0]
assert actual == right, f"{actual}; it is 2 ** exponent, {right}"
