"""avg_pool3d refuses a kernel that fits only into the padded volume."""

import torch
import torch.nn.functional as F

plane = F.avg_pool2d(torch.ones(1, 1, 1, 1), (2, 1), padding=(1, 0))
volume = F.avg_pool3d(torch.ones(1, 1, 1, 1, 1), (2, 1, 1), padding=(1, 0, 0))
assert plane.item() == volume.item() == 0.5
