"""scaled_dot_product_attention refuses a mask of one axis, which broadcasts."""

import torch
import torch.nn.functional as F

x = torch.ones(1, 1, 2, 2)
mask = torch.zeros(2)
right = F.scaled_dot_product_attention(x, x, x, mask[None])
actual = F.scaled_dot_product_attention(x, x, x, mask)
assert torch.equal(actual, right), f"{actual}, not {right}"
