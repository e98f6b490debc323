"""argmax, compiled, of what lies in memory column after column: the place there."""

import torch


def place(x):
    return torch.argmax(x.T + 1)


x = torch.tensor([[0.0, 0.0], [5.0, 0.0]])
actual, right = torch.compile(place)(x).item(), place(x).item()
assert actual == right, f"{actual}, but x.T is [[0, 5], [0, 0]]: {right} is right"
