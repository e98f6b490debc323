"""torch.compile: a number below 0 to a power below 0 is refused, once it is dynamic."""

import torch


@torch.compile
def scaled(x, number):
    return x * number**-2


found = [scaled(torch.ones(1), number).item() for number in (2, 3, -2)]
assert found[2] == 0.25, f"{found}"
