"""torch.cond has no gradients where it returns integers, too."""

import torch


def doubled(x, count):
    return 2 * x, count + 1


def kept(x, count):
    return x.clone(), count.clone()


x, count = torch.ones(1, requires_grad=True), torch.ones(1, dtype=torch.int64)
y, _ = torch.cond(torch.tensor(True), doubled, kept, (x, count))
y.backward()
assert x.grad == 2, f"{x.grad}, where 2 is right"
