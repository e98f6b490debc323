"""special.i0 and i1 of 713 are infinite, where float64 has the result."""

import torch

x = torch.tensor(713.0, dtype=torch.float64)
scaled = torch.special.i0e(x)
right = (scaled * (x / 2).exp()) * (x / 2).exp()
assert torch.special.i0(x).isfinite(), f"i0 is {torch.special.i0(x)}; it is {right}"
