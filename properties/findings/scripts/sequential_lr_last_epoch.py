"""SequentialLR made with last_epoch begins with the first schedule again."""

import torch
from torch.optim import SGD
from torch.optim.lr_scheduler import ConstantLR, SequentialLR


def schedule(optimiser, **more):
    first = ConstantLR(optimiser, 0.5, 2)
    second = ConstantLR(optimiser, 0.25, 9)
    return SequentialLR(optimiser, [first, second], milestones=[2], **more)


optimiser = SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
running = schedule(optimiser)
for _ in range(4):
    optimiser.step()
    running.step()
right = running.get_last_lr()
actual = schedule(optimiser, last_epoch=running.last_epoch).get_last_lr()
assert actual == right, f"{actual} after epoch {running.last_epoch}, not {right}"
