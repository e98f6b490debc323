"""max_pool2d, compiled, of columns side by side: indices of the image transposed."""

import torch
import torch.nn.functional as F


def pool(x):
    return F.max_pool2d(x, 6, return_indices=True)[1]


x = torch.zeros(1, 1, 6, 6)
x[0, 0, 1, 0] = 1
x = x.transpose(2, 3)  # the one is at row 0, column 1
index = torch.compile(pool)(x).item()
assert index == 1, f"{index} is where a 0 is; eagerly {pool(x).item()}"
