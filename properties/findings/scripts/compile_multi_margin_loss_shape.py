"""multi_margin_loss, compiled: the loss of one example is a batch of one."""

import torch
import torch.nn.functional as F


def loss(x, target):
    return F.multi_margin_loss(x, target, reduction="none")


x, target = torch.zeros(2), torch.tensor(1)
eager, compiled = loss(x, target), torch.compile(loss)(x, target)
assert compiled.shape == eager.shape, (
    f"{[*compiled.shape]}, eagerly {[*eager.shape]}, which is the target's"
)
