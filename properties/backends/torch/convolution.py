"""The convolution layer as torch has it."""

import torch.nn.functional as F

conv1d, conv2d, conv3d = F.conv1d, F.conv2d, F.conv3d
