"""torch.compile: what is added to a set of a class of its own is lost."""

import torch


class Seen(set):
    pass


@torch.compile
def program(x, seen):
    seen.add(2)
    return x + 1


seen = Seen([1])
program(torch.zeros(1), seen)
assert seen == {1, 2}, f"{seen}, where 1 and 2 are right"
