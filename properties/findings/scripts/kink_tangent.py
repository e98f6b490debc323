"""prelu, fmax and scatter_reduce: at a kink, the tangent is not by the gradient."""

import torch
import torch.nn.functional as F
from torch.func import jacfwd, jacrev

zero, slope = torch.zeros(1), torch.tensor([0.25])
actual = jacfwd(F.prelu)(zero, slope).item(), jacrev(F.prelu)(zero, slope).item()
assert actual[0] == actual[1], f"forward and backward, prelu's slopes at 0 are {actual}"
