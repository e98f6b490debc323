"""Bilinear interpolate, compiled: pixels whose difference overflows make NaN."""

import torch
import torch.nn.functional as F

x = torch.tensor([[[[3e38, -3e38]]]])


def resize(x):
    return F.interpolate(x, (1, 4), mode="bilinear")


eager, compiled = resize(x), torch.compile(resize)(x)
assert torch.equal(compiled, eager), f"{compiled}, eagerly {eager}"
