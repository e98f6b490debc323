"""layer_norm and batch_norm with a bias, and no weight: its gradient has none."""

import torch
import torch.nn.functional as F


def derivative(normalise):
    """Of the sum of the bias's gradient, by what comes back from the result."""
    x, bias = torch.randn(2, 3), torch.zeros(3, requires_grad=True)
    grad = torch.ones(2, 3, requires_grad=True)
    [of_bias] = torch.autograd.grad(normalise(x, bias), bias, grad, create_graph=True)
    [second] = torch.autograd.grad(of_bias.sum(), grad, allow_unused=True)
    return None if second is None else second.unique().tolist()


actual = (
    derivative(lambda x, bias: F.layer_norm(x, (3,), None, bias)),
    derivative(lambda x, b: F.batch_norm(x, None, None, None, b, training=True)),
)
assert actual == ([1.0], [1.0]), f"{actual} where 1 is right: it is a sum of rows"
