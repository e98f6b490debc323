"""elu and selu: the gradient at NaN is NaN, or a number, by where it is."""

import torch
import torch.nn.functional as F


def gradient(function):
    x = torch.full((33,), torch.nan, requires_grad=True)
    function(x).sum().backward()
    return x.grad[0].item(), x.grad[-1].item()


actual = {f.__name__: gradient(f) for f in (F.elu, F.selu)}
first, last = zip(*actual.values())
right = [number != number for number in (*first, *last)]
assert all(right), f"{actual}: the first and the last of 33 gradients at NaN"
