"""Lp pooling as torch has it."""

import torch.nn.functional as F

lp_pool1d, lp_pool2d, lp_pool3d = F.lp_pool1d, F.lp_pool2d, F.lp_pool3d
