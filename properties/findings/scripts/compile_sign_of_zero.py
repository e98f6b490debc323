"""torch.compile: atanh of many −0.0 is 0.0."""

import torch

y = torch.compile(torch.atanh)(torch.full((64,), -0.0))
assert y.signbit().all(), f"{y[:4]}, where −0 is right"
