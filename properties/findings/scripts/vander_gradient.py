"""torch.vander of three columns or more has no gradient."""

import torch

x = torch.tensor([2.0, 3.0], requires_grad=True)
torch.vander(x, 3).sum().backward()
assert x.grad.tolist() == [5, 7], f"{x.grad}, where 2 x + 1 is right"
