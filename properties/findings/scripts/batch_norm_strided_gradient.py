"""batch_norm: its backward reads weight and running_var as if they had no strides."""

import torch
import torch.nn.functional as F


def gradient(weight, var):
    x = torch.zeros(2, 2, requires_grad=True)
    y = F.batch_norm(x, torch.zeros(2), var, weight, eps=0.0)
    return torch.autograd.grad(y, x, torch.ones(2, 2))[0][0].tolist()


ones = torch.tensor([[1.0, 4.0], [1.0, 4.0]])[:, 0]  # 1, 1; 4 lies between them
right = gradient(torch.ones(2), torch.ones(2))
actual = gradient(ones, torch.ones(2)), gradient(torch.ones(2), ones)
assert actual == (right, right), f"{actual} where {right} is right"
