"""That a computed tensor has no gradient yet, compiled, is not so."""

import torch


@torch.compile
def double(x):
    y = x * 2
    return y + 100 if y.grad is not None else y


got = double(torch.ones(1, requires_grad=True))
assert got == 2, got
