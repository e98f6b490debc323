"""torch.compile: one_hot of what was transposed has other strides than eagerly."""

import torch
import torch.nn.functional as F

ids = torch.tensor([[0, 1, 2], [3, 0, 1]]).T
codes = torch.compile(F.one_hot)(ids, 4)
assert codes.stride() == F.one_hot(ids, 4).stride(), codes.stride()
codes.view(-1)
