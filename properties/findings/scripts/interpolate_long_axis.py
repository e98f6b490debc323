"""interpolate takes other pixels, where an axis is longer than 2²⁴."""

import torch

size = 2**24 + 4
x = torch.arange(size).remainder(2).float().view(1, 1, size)
y = torch.nn.functional.interpolate(x, scale_factor=2.0, mode="nearest")
off = (y != x.repeat_interleave(2, dim=-1)).sum().item()
assert off == 0, f"{off} of {2 * size} are not the pixel that they double"
