"""take_along_dim without dim refuses tensors that are not contiguous."""

import torch

x = torch.arange(6.0).reshape(2, 3)
print(torch.take_along_dim(x.t(), torch.tensor([0, 5])), "where 0, 5 are right")
