"""torch.compile: infinity // 2 is infinity, and −1 // infinity is −0."""

import torch

divide = torch.compile(lambda a, b: a // b)
y = divide(torch.tensor([-1.0, 1.0]), torch.tensor([torch.inf, -torch.inf]))
assert y.tolist() == [-1, -1], f"{y}, where −1 is right"
