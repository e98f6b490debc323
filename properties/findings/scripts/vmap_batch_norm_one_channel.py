"""vmap: batch_norm's gradient by images mapped along their last axis goes astray."""

import torch
import torch.nn.functional as F


def normalized(x):
    return F.batch_norm(x, torch.zeros(1), torch.ones(1), eps=0.0)


x = torch.zeros(1, 1, 2, 2, 3, requires_grad=True)  # three images of one channel
weight = torch.arange(12.0).view(3, 1, 1, 2, 2)
y = torch.func.vmap(normalized, in_dims=-1)(x)
actual = torch.autograd.grad(y, x, weight)[0].movedim(-1, 0).flatten().tolist()
assert actual == weight.flatten().tolist(), f"{actual}: 0 to 11 are right"
