"""torch.compile: a generator that is left is not closed: its finally is lost."""

import torch

events = []


def count():
    try:
        yield from range(9)
    finally:
        events.append("closed")


@torch.compile
def first(x):
    return x + next(count())


first(torch.zeros(1))
assert events == ["closed"], f"{events}, where ['closed'] is right"
