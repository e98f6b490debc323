"""normalize and cosine_similarity of zeros are NaN in float16."""

import torch.nn.functional as F
from torch import float16, ones, zeros

x = zeros(1, 2, dtype=float16)
found = F.normalize(x), F.cosine_similarity(x, ones(1, 2, dtype=float16))
assert not any(y.any() for y in found), f"{found}, where all are 0 in float32"
