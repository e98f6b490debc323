"""torch.compile: what was compiled for 0.0 is used for −0.0."""

import torch


@torch.compile
def signed(x, sign):
    return torch.copysign(x, torch.tensor(sign))


signed(torch.ones(1), 0.0)
y = signed(torch.ones(1), -0.0)
assert y == -1, f"{y}, where −1 is right"
