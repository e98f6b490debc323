"""torch.compile: a generator within one that is closed is not."""

import torch


@torch.compile
def program(x):
    def inner():
        try:
            yield 1
        finally:
            events.append("closed")

    def outer():
        yield from inner()

    events = []
    generator = outer()
    next(generator)
    generator.close()
    return x + 1, events


events = program(torch.zeros(1))[1]
assert events == ["closed"], f"{events}, where ['closed'] is right"
