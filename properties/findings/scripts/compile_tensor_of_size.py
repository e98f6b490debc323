"""torch.compile: torch.Tensor(x.shape) holds the sizes, and is not of that shape."""

import torch


@torch.compile
def like(x):
    return torch.Tensor(x.shape).zero_()


shape = like(torch.zeros(2, 3)).shape
assert shape == (2, 3), f"it is of shape {tuple(shape)}"
