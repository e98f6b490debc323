"""repeat_interleave(output_size=…) writes before it finds that repeats are below 0."""

import torch

repeats = torch.tensor([10**9, 2 - 10**9])
try:
    y = torch.repeat_interleave(torch.arange(2.0), repeats, output_size=2)
except RuntimeError:
    y = None
assert y is None, f"{y.shape} of repeats {repeats.tolist()}"
