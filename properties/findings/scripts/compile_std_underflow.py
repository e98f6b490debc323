"""The standard deviation of small numbers, compiled, is 0."""

import torch

x = torch.tensor([1e-30, 2e-30, 3e-30])
got = torch.compile(torch.std)(x)
assert 0.99e-30 < got < 1.01e-30, got
