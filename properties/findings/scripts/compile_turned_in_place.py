"""The shape of what was turned in place, compiled, is the one that it had before."""

import torch


@torch.compile
def mean(x):
    x = x + 1
    x.t_()
    return x.sum(0) / x.shape[0]


means = mean(torch.zeros(2, 3))
assert means.tolist() == [1.0, 1.0], means
