"""What is filled in with 0 and with -0, compiled, is both 0."""

import torch


def fills(x, mask):
    return x.masked_fill(mask, 0.0), x.masked_fill(mask, -0.0)


x = torch.ones(1, requires_grad=True)
actual = [y.item() for y in torch.compile(fills)(x, torch.tensor([True]))]
assert str(actual) == "[0.0, -0.0]", f"{actual}: [0.0, -0.0] is right"
