"""max_pool1d without gradients takes windows beyond 64 bits, and reads memory."""

import torch
import torch.nn.functional as F

try:
    y = F.max_pool1d(torch.ones(1, 3, 3), 4, padding=1, dilation=2**63 - 1)
    F.max_pool1d(torch.ones(1, 1), 2**63 - 1)
except RuntimeError:
    print("refused, as it is with gradients")
else:
    raise AssertionError(f"windows that do not fit have maxima: {y.flatten().tolist()}")
