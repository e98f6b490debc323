"""weight_norm's second derivative is wrong."""

import torch

linear = torch.nn.Linear(2, 1, bias=False, dtype=torch.float64)
linear = torch.nn.utils.parametrizations.weight_norm(linear)
g, v = linear.parametrizations.weight.parameters()


def second(weight):
    (first,) = torch.autograd.grad(weight[0, 0], v, create_graph=True)
    return torch.autograd.grad(first[0, 0], v)[0][0]


with torch.no_grad():
    g.fill_(1)
    v.copy_(torch.tensor([[1.0, 2.0]]))
found, right = second(linear.weight), second(v / v.norm(dim=1, keepdim=True))
assert abs(found - right).max() < 0.01, f"{found}, where {right} is right"
