"""hypot: the gradient at infinity, and at (0, 0), is NaN."""

import torch

x = torch.tensor([torch.inf, 0.0], requires_grad=True)
result = torch.hypot(x, torch.tensor([1.0, 0.0]))
(actual,) = torch.autograd.grad(result.sum(), x)
assert actual.tolist() == [1, 0], f"{result.tolist()}, gradient {actual.tolist()}"
