"""scaled_dot_product_attention(enable_gqa=True) divides by the number of key heads."""

import torch
import torch.nn.functional as F

query, key, value = (
    torch.ones(1, 2, 1, 1),
    torch.ones(1, 0, 1, 1),
    torch.ones(1, 1, 1, 1),
)
try:
    F.scaled_dot_product_attention(query, key, value, enable_gqa=True)
except RuntimeError:
    pass  # two heads cannot share no key
