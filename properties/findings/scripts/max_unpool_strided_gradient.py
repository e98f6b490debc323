"""max_unpool2d: its backward refuses indices that are not contiguous."""

import torch
import torch.nn.functional as F

x, indices = torch.zeros(1, 2, 2, requires_grad=True), torch.tensor([[[0, 2], [1, 3]]])
y = F.max_unpool2d(x, indices.mT, kernel_size=1)
[actual] = torch.autograd.grad(y, x, torch.ones(1, 2, 2))
assert torch.equal(actual, torch.ones(1, 2, 2))
