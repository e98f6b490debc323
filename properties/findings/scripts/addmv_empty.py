"""addmv of a matrix without columns has the input's shape, not the result's."""

import torch

y = torch.addmv(torch.ones(1), torch.ones(3, 0), torch.ones(0))
assert torch.equal(y, torch.ones(3)), f"{y.tolist()}: 1 + [0, 0, 0] is [1, 1, 1]"
