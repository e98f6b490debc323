"""The gradient of layer_norm in bfloat16, with a bias in float32 and no weight."""

import torch
import torch.nn.functional as F

x = torch.tensor([1.0, 3.0], dtype=torch.bfloat16, requires_grad=True)
bias = torch.zeros(2, requires_grad=True)
F.layer_norm(x, (2,), None, bias).float().sum().backward()
assert bias.grad.tolist() == [1.0, 1.0], bias.grad
