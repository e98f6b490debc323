"""torch.compile: interpolate by a scale takes other pixels where a size stays."""

import torch
from torch.nn.functional import interpolate


def scaled(x, mode):
    return interpolate(x, scale_factor=(1.3, 1.5), mode=mode)


x = torch.arange(12.0).reshape(1, 1, 3, 4)
for mode in ("bilinear", "nearest"):
    found, right = torch.compile(scaled)(x, mode), scaled(x, mode)
    rows = found[0, 0, :, 0].tolist(), right[0, 0, :, 0].tolist()
    print(mode, *rows)
    assert rows[0] == rows[1], f"{rows[0]}, where {rows[1]} is right"
