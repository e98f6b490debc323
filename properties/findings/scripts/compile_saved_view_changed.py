"""A product whose factor is changed before its gradient, compiled, is not refused."""

import contextlib

import torch

x, weight = torch.ones(2, 2), torch.ones(2, 2, requires_grad=True)
result = torch.compile(torch.mm)(x, weight).sum()
x.zero_()
with contextlib.suppress(RuntimeError):
    result.backward()
assert weight.grad is None, f"{weight.grad.tolist()}: eagerly an error, 2 is right"
