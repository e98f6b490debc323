"""clamp's gradient at its bound is 1, and at NaN 0; relu's and maximum's are not."""

import torch

bound = torch.tensor([1.0, 1.0])
x = torch.tensor([1.0, torch.nan], requires_grad=True)
(actual,) = torch.autograd.grad(torch.clamp_min(x, bound).sum(), x)
(right,) = torch.autograd.grad(torch.maximum(x, bound).sum(), x)
assert actual.equal(right), f"{actual.tolist()}; maximum's are {right.tolist()}"
