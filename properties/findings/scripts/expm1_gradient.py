"""expm1's gradient is computed as its result + 1, which cancels."""

import torch

x = torch.tensor(-20.0, requires_grad=True)
torch.expm1(x).backward()
right = torch.tensor(-20.0).exp().item()
assert x.grad > 0, f"{x.grad.item()}: the derivative of exp(x) - 1 at -20 is {right}"
