"""torch.compile: a list of a class of its own becomes a list where it is added to."""

import torch


class Weights(list):
    pass


@torch.compile
def program(x):
    weights = Weights([1, 2])
    weights += [3]
    return x + 1, type(weights).__name__


name = program(torch.zeros(1))[1]
assert name == "Weights", f"{name}, where Weights is right"
