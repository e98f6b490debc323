"""Numbers written by an index, then reversed: some are read where they were written."""

import torch


def reverse(x):
    x[torch.arange(4)] = x * 2
    x.copy_(x.flip(0))
    return x


x = torch.arange(4.0)
right, actual = reverse(x.clone()).tolist(), torch.compile(reverse)(x.clone()).tolist()
assert actual == right, f"{actual}: {right} eagerly"
