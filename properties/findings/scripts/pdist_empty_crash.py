"""pdist's gradient of no rows crashes."""

import torch

x = torch.zeros(0, 1, requires_grad=True)
torch.nn.functional.pdist(x).sum().backward()
print(x.grad.shape)
