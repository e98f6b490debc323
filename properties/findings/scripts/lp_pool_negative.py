"""lp_pool: a power of 3, or one that is no integer, makes negative numbers NaN."""

import torch
import torch.nn.functional as F

for p in (1.5, 3.0):
    y = F.lp_pool1d(torch.tensor([[-2.0]]), norm_type=p, kernel_size=1)
    assert y.isfinite(), f"p = {p}: {y.item()}; the norm of [-2] is 2"
