"""torch.compile: a bytearray that is added to is refused."""

import torch


@torch.compile
def program(x):
    data = bytearray(b"ab")
    data += b"c"
    return x + len(data)


y = program(torch.zeros(1))
assert y == 3, f"{y}, where 3 is right"
