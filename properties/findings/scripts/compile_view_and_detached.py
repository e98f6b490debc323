"""A transposed result and the same detached, compiled: the latter is turned back."""

import torch


def scores(x):
    turned = (x * 1).t()
    return turned, turned.detach()


x = torch.tensor([[0.0, 1.0], [2.0, 3.0]], requires_grad=True)
got, right = torch.compile(scores)(x)[1], scores(x)[1]
assert torch.equal(got, right), f"{got.tolist()}, eagerly {right.tolist()}"
