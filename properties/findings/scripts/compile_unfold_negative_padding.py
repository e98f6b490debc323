"""unfold, compiled, takes a padding of -1, and crops the image."""

import torch
import torch.nn.functional as F


def unfold(x):
    return F.unfold(x, kernel_size=1, padding=-1)


try:
    shape = tuple(torch.compile(unfold)(torch.zeros(1, 1, 3, 3)).shape)
except RuntimeError:
    shape = None
assert shape is None, f"{shape}: eagerly an error, padding should be non-negative"
