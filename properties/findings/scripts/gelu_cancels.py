"""gelu of negative numbers is computed by 1 + erf, which cancels."""

import torch
import torch.nn.functional as F

x = torch.tensor(-6.0)
actual = F.gelu(x).item()
right = (x / 2 * torch.special.erfc(-x / 2**0.5)).item()
assert abs(actual - right) < 1e-3 * abs(right), f"{actual}; -6 Φ(-6) is {right}"
