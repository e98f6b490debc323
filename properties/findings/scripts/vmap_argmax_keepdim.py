"""argmax(keepdim=True) without dim under vmap keeps one axis, not all."""

import torch

x = torch.zeros(3, 2, 4)
shape = torch.func.vmap(lambda matrix: matrix.argmax(keepdim=True))(x).shape
assert shape == (3, 1, 1), f"{tuple(shape)}; each matrix alone gives (1, 1)"
