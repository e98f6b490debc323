"""Transposed convolution as torch has it."""

import torch.nn.functional as F

conv_transpose1d = F.conv_transpose1d
conv_transpose2d = F.conv_transpose2d
conv_transpose3d = F.conv_transpose3d
