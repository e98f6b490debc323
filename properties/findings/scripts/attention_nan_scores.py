"""scaled_dot_product_attention of a query that is NaN is 0."""

import torch
import torch.nn.functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

query, key = torch.full((1, 1, 1, 1), torch.nan), torch.ones(1, 1, 1, 1)
with sdpa_kernel(SDPBackend.MATH):
    right = F.scaled_dot_product_attention(query, key, key).item()
y = F.scaled_dot_product_attention(query, key, key).item()
assert y != y, f"{y} where the math kernel gives {right}"
