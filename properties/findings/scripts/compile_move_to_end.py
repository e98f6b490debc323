"""torch.compile: what OrderedDict.move_to_end moves stays where it was."""

from collections import OrderedDict

import torch


@torch.compile
def touch(x, cache):
    cache.move_to_end("a")
    return x + 1


cache = OrderedDict(a=1, b=2)
touch(torch.ones(1), cache)
assert [*cache] == ["b", "a"], f"{[*cache]}, where a was moved to the end"
