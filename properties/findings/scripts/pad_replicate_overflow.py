"""An edge that is repeated 2⁶³ − 1 times on both sides crashes: their sum overflows."""

import torch
import torch.nn.functional as F

most = 2**63 - 1
try:
    y = F.pad(torch.ones(1, 1, 1, 3), (most, most, 0, 0), mode="replicate")
except RuntimeError:
    pass
else:
    raise AssertionError(f"it has a result of shape {y.shape}")
