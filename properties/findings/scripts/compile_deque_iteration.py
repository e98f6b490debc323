"""torch.compile: a loop over a deque that it appends to does not end."""

import signal
from collections import deque

import torch


@torch.compile
def program(x):
    items = deque([1, 2])
    for item in items:
        items.append(item)
    return x


signal.signal(signal.SIGALRM, lambda *_: 1 / 0)
signal.alarm(20)
try:
    program(torch.ones(1))
except RuntimeError as problem:
    found = str(problem)
assert "mutated" in found, f"{found}, where another refusal is right"
