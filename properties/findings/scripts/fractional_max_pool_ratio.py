"""fractional_max_pool2d refuses one number as output_ratio, which is documented."""

import torch
import torch.nn.functional as F

y = F.fractional_max_pool2d(torch.ones(1, 1, 2, 2), 1, output_ratio=0.5)
assert torch.equal(y, torch.ones(1, 1, 1, 1)), y
