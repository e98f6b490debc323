"""layer_norm takes an eps below 0, which batch_norm refuses."""

import torch
import torch.nn.functional as F

try:
    y = F.layer_norm(torch.tensor([0.0, 1.0]), (2,), eps=-1.0)
except (RuntimeError, ValueError):
    raise SystemExit(0) from None
raise AssertionError(f"eps = -1 was taken, and gave {y.tolist()}")
