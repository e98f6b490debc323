"""torch.compile: rows that are put in a random order are refused."""

import torch


@torch.compile
def shuffle(x):
    return x[torch.randperm(4)]


shuffled = shuffle(torch.arange(4.0)).sort().values
assert shuffled.tolist() == [0, 1, 2, 3], f"{shuffled}"
