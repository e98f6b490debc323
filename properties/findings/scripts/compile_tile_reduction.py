"""A sum over what is read in two orders, compiled, writes behind its result."""

import torch


def weigh(x, weight):
    x = x.permute(3, 2, 0, 1)
    return (x[0] * x[1] * weight[:, None]).sum(-1)


x, weight = torch.rand(17, 17, 3, 2), torch.rand(3, 17)
got, right = torch.compile(weigh)(x, weight), weigh(x, weight)
wrong = (got - right).abs() > 1e-3
print(wrong.sum(1))
assert not wrong.any(), got[wrong]
