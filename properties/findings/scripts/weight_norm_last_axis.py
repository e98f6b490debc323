"""weight_norm by the last axis, counted from the end, has one magnitude for all."""

import torch
from torch.nn.utils.parametrizations import weight_norm

for dim in (1, -1):
    layer = weight_norm(torch.nn.Linear(2, 3), dim=dim)
    shape = tuple(layer.parametrizations.weight.original0.shape)
    print(dim, shape)
assert shape == (1, 2), shape
