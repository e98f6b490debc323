"""binary_cross_entropy in float16: the gradient of what is right is NaN."""

import torch

one = torch.ones(1, dtype=torch.float16)
x = one.clone().requires_grad_()
torch.nn.functional.binary_cross_entropy(x, one).backward()
assert x.grad.isfinite(), f"{x.grad}, where float32 has 0"
