"""A chunk and the same detached, compiled, crash it."""

import torch


@torch.compile
def second_half(x):
    half = (x * 1).chunk(2)[1]
    return half, half.detach()


print(second_half(torch.zeros(2, requires_grad=True)))
