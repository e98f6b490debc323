"""torch.compile: what a generator returns through yield from is None."""

import torch


def numbers():
    yield 1
    return 9


def outer():
    value = yield from numbers()
    yield value


y = torch.compile(lambda x: (x + 1, list(outer())))(torch.zeros(1))[1]
assert y == [1, 9], f"{y}, where [1, 9] is right"
