"""fractional_max_pool3d refuses as many windows as fit; in 2-d they are taken."""

import torch
import torch.nn.functional as F

plane = F.fractional_max_pool2d(torch.ones(1, 1, 1, 1), 1, output_size=1)
volume = F.fractional_max_pool3d(torch.ones(1, 1, 1, 1, 1), 1, output_size=1)
assert plane.item() == volume.item() == 1
