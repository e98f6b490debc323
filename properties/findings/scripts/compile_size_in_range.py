"""Whether a number is in a range is refused, compiled, once the number is dynamic."""

import torch


@torch.compile
def step(x, number):
    return x * (0.1 if number in range(100) else 0.01)


for number in (1, 2):
    got = step(torch.ones(1), number)
    assert got == torch.tensor(0.1), (number, got)
