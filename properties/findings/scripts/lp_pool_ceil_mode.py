"""lp_pool in ceil mode scales up the sum of a window that overhangs the input."""

import torch
import torch.nn.functional as F

y = F.lp_pool1d(torch.ones(1, 3), norm_type=2.0, kernel_size=2, ceil_mode=True)
assert y[0, 1] == 1, f"{y.tolist()}: the last window holds a single 1, whose norm is 1"
