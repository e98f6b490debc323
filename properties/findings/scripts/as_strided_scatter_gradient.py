"""as_strided_scatter: the gradient goes to what was written over."""

import torch

x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
result = torch.as_strided_scatter(x, torch.tensor([7.0]), (1,), (1,), 0)
result.sum().backward()
actual, right = x.grad.tolist(), [0.0, 1.0, 1.0]
assert actual == right, f"{result.tolist()}, of [1, 2, 3]; gradient {actual}"
