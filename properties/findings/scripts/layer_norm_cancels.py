"""layer_norm of equal numbers: its result and its weight's gradient are not 0."""

import torch
import torch.nn.functional as F


def largest(dtype):
    x = torch.full((1, 1), 1e6, dtype=dtype)
    weight = torch.ones(1, dtype=dtype, requires_grad=True)
    y = F.layer_norm(x, (1,), weight)
    y.sum().backward()
    return y.item(), weight.grad.item()


actual = largest(torch.float32), largest(torch.bfloat16)
assert actual == ((0, 0), (0, 0)), f"{actual}: a number less its mean is 0"
