"""torch.compile: −1 // infinity is −0, and infinity // 2 is infinity."""

import torch

divide = torch.compile(lambda a, b: a // b)
y = divide(torch.tensor([-1.0, 1.0]), torch.tensor([torch.inf, -torch.inf]))
assert y.tolist() == [-1, -1], f"{y}, where −1 is right"
y = divide(torch.tensor([torch.inf]), torch.tensor([2.0]))
assert y.isnan(), f"{y}, where nan is right"
