"""torch.compile: a slice from what has __index__ is refused."""

import torch


class Start:
    def __index__(self):
        return 1


start = Start()
y = torch.compile(lambda x: x + sum([1, 2, 3][start:]))(torch.zeros(1))
assert y == 5, f"{y}, where 5 is right"
