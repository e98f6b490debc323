"""max_pool2d, compiled: of several NaN it is not the index that eager gives."""

import torch
import torch.nn.functional as F

x = torch.full((1, 1, 2), torch.nan)


def pool(x):
    return F.max_pool2d(x, (1, 2), return_indices=True)[1]


eager, compiled = pool(x).item(), torch.compile(pool)(x).item()
assert compiled == eager, f"number {compiled}, eagerly number {eager}"
