"""The activation of many Transformers, as torch has it."""

import torch.nn.functional as F

gelu = F.gelu
